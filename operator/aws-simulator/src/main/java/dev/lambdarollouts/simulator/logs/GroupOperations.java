package dev.lambdarollouts.simulator.logs;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.simulator.protocol.AwsError;
import dev.lambdarollouts.simulator.protocol.Constraints;
import dev.lambdarollouts.simulator.protocol.Input;
import dev.lambdarollouts.simulator.protocol.Json;
import dev.lambdarollouts.simulator.service.CallContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Groups and streams: creation, deletion, lists, retention and tags. */
final class GroupOperations {
  static final Pattern GROUP = Pattern.compile("[\\.\\-_/#A-Za-z0-9]+");
  static final Pattern STREAM = Pattern.compile("[^:*]*");
  private static final int MOST_NAME = 512;

  /** What AWS adds to each event when it counts stored bytes. */
  private static final int BYTES_PER_EVENT = 26;

  private static final Set<Integer> RETENTIONS =
      Set.of(
          1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557,
          2922, 3288, 3653);

  private final LogGroups groups;

  GroupOperations(LogGroups groups) {
    this.groups = groups;
  }

  @Nullable ObjectNode createGroup(CallContext context, Input input) {
    String name = groupName(input);
    String logClass = input.text("logGroupClass", "STANDARD");
    new Constraints()
        .oneOf(logClass, "logGroupClass", List.of("STANDARD", "INFREQUENT_ACCESS", "DELIVERY"))
        .check();
    if (groups.in(context.location()).containsKey(name)) {
      throw exists("The specified log group already exists");
    }
    LogGroup group = LogGroups.create(context.location(), name, context.at(), logClass);
    group.tags().putAll(input.textMap("tags"));
    groups.in(context.location()).put(name, group);
    return null;
  }

  @Nullable ObjectNode deleteGroup(CallContext context, Input input) {
    groups.in(context.location()).remove(groups.get(context, groupName(input)).name());
    return null;
  }

  ObjectNode describeGroups(CallContext context, Input input) {
    String prefix = input.text("logGroupNamePrefix");
    String part = input.text("logGroupNamePattern");
    limits(input, 50).check();
    if (prefix != null && part != null) {
      throw LogGroups.invalid(
          "LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.");
    }
    List<LogGroup> found = new ArrayList<>();
    for (LogGroup group : groups.in(context.location()).values()) {
      if ((prefix == null || group.name().startsWith(prefix))
          && (part == null || group.name().contains(part))
          && input.text("logGroupClass", group.logClass()).equals(group.logClass())) {
        group.expire(context.at());
        found.add(group);
      }
    }
    LogPage<LogGroup> page = LogPage.of(found, input);
    ObjectNode reply = Json.object();
    ArrayNode shown = reply.putArray("logGroups");
    page.items().forEach(group -> shown.add(show(group)));
    page.putToken(reply);
    return reply;
  }

  @Nullable ObjectNode createStream(CallContext context, Input input) {
    String name = streamName(input);
    LogGroup group = groups.get(context, groupName(input));
    if (group.streams().containsKey(name)) {
      throw exists("The specified log stream already exists");
    }
    group.stream(name, context.at());
    return null;
  }

  @Nullable ObjectNode deleteStream(CallContext context, Input input) {
    String name = streamName(input);
    if (groups.get(context, groupName(input)).streams().remove(name) == null) {
      throw LogGroups.notFound("The specified log stream does not exist.");
    }
    return null;
  }

  ObjectNode describeStreams(CallContext context, Input input) {
    String prefix = input.text("logStreamNamePrefix");
    String order = input.text("orderBy", "LogStreamName");
    limits(input, 50).oneOf(order, "orderBy", List.of("LogStreamName", "LastEventTime")).check();
    boolean byTime = order.equals("LastEventTime");
    if (byTime && prefix != null) {
      throw LogGroups.invalid("Cannot order by LastEventTime with a logStreamNamePrefix.");
    }
    LogGroup group = groups.named(context, input);
    List<LogStream> found = new ArrayList<>();
    for (LogStream stream : group.streams().values()) {
      if (prefix == null || stream.name().startsWith(prefix)) {
        found.add(stream);
      }
    }
    Comparator<LogStream> comparator =
        byTime
            ? Comparator.comparing(
                stream ->
                    stream.events().isEmpty() ? stream.created() : stream.events().last().at())
            : Comparator.comparing(LogStream::name);
    found.sort(input.flag("descending") ? comparator.reversed() : comparator);
    LogPage<LogStream> page = LogPage.of(found, input);
    ObjectNode reply = Json.object();
    ArrayNode shown = reply.putArray("logStreams");
    page.items().forEach(stream -> shown.add(show(group, stream)));
    page.putToken(reply);
    return reply;
  }

  @Nullable ObjectNode putRetention(CallContext context, Input input) {
    LogGroup group = groups.get(context, groupName(input));
    int days = input.requiredInteger("retentionInDays");
    if (!RETENTIONS.contains(days)) {
      throw AwsError.validation(
          "1 validation error detected: Value '"
              + days
              + "' at 'retentionInDays' failed to satisfy constraint: Member must satisfy enum"
              + " value set: "
              + RETENTIONS.stream().sorted().toList());
    }
    group.retain(days);
    return null;
  }

  @Nullable ObjectNode deleteRetention(CallContext context, Input input) {
    groups.get(context, groupName(input)).retain(null);
    return null;
  }

  @Nullable ObjectNode tag(CallContext context, Input input) {
    byArn(context, input).tags().putAll(input.textMap("tags"));
    return null;
  }

  @Nullable ObjectNode untag(CallContext context, Input input) {
    byArn(context, input).tags().keySet().removeAll(input.texts("tagKeys"));
    return null;
  }

  ObjectNode tags(CallContext context, Input input) {
    ObjectNode reply = Json.object();
    ObjectNode tags = reply.putObject("tags");
    for (Map.Entry<String, String> tag : new TreeMap<>(byArn(context, input).tags()).entrySet()) {
      tags.put(tag.getKey(), tag.getValue());
    }
    return reply;
  }

  private LogGroup byArn(CallContext context, Input input) {
    return groups.get(context, LogGroups.fromIdentifier(input.required("resourceArn")));
  }

  static String groupName(Input input) {
    String name = input.text("logGroupName");
    new Constraints()
        .required(name, "logGroupName")
        .length(name, "logGroupName", 1, MOST_NAME)
        .pattern(name, "logGroupName", GROUP)
        .check();
    return String.valueOf(name);
  }

  static String streamName(Input input) {
    String name = input.text("logStreamName");
    new Constraints()
        .required(name, "logStreamName")
        .length(name, "logStreamName", 1, MOST_NAME)
        .pattern(name, "logStreamName", STREAM)
        .check();
    return String.valueOf(name);
  }

  static Constraints limits(Input input, int most) {
    return new Constraints().range(input.integer("limit"), "limit", 1, most);
  }

  private static AwsError exists(String message) {
    return new AwsError("ResourceAlreadyExistsException", 400, message);
  }

  private static ObjectNode show(LogGroup group) {
    long bytes = 0;
    for (LogStream stream : group.streams().values()) {
      for (LogEvent event : stream.events()) {
        bytes += event.message().getBytes(StandardCharsets.UTF_8).length + BYTES_PER_EVENT;
      }
    }
    ObjectNode tree =
        Json.object()
            .put("logGroupName", group.name())
            .put("creationTime", group.created().toEpochMilli());
    if (group.retentionDays() != null) {
      tree.put("retentionInDays", group.retentionDays());
    }
    return tree.put("metricFilterCount", 0)
        .put("arn", group.arn() + ":*")
        .put("storedBytes", bytes)
        .put("logGroupClass", group.logClass())
        .put("logGroupArn", group.arn())
        .put("deletionProtectionEnabled", false);
  }

  /** A stream's storedBytes have been 0 since AWS stopped to count them in 2019. */
  private static ObjectNode show(LogGroup group, LogStream stream) {
    ObjectNode tree =
        Json.object()
            .put("logStreamName", stream.name())
            .put("creationTime", stream.created().toEpochMilli());
    if (!stream.events().isEmpty()) {
      tree.put("firstEventTimestamp", stream.events().first().at().toEpochMilli())
          .put("lastEventTimestamp", stream.events().last().at().toEpochMilli());
    }
    if (stream.lastIngestion() != null) {
      tree.put("lastIngestionTime", stream.lastIngestion().toEpochMilli())
          .put("uploadSequenceToken", EventOperations.SEQUENCE_TOKEN);
    }
    return tree.put("arn", group.arn() + ":log-stream:" + stream.name()).put("storedBytes", 0);
  }
}
