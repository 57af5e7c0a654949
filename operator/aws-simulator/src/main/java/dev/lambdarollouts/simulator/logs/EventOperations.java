package dev.lambdarollouts.simulator.logs;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.simulator.protocol.Constraints;
import dev.lambdarollouts.simulator.protocol.Input;
import dev.lambdarollouts.simulator.protocol.Json;
import dev.lambdarollouts.simulator.service.CallContext;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** PutLogEvents, GetLogEvents and FilterLogEvents. */
final class EventOperations {
  /** Sequence tokens are not needed any more, and AWS answers one still. */
  static final String SEQUENCE_TOKEN = "49039859627456243436236536233443434343434343434343434343";

  private static final int MOST_EVENTS = 10_000;
  private static final int MOST_BATCH_BYTES = 1_048_576;
  private static final int MOST_PAGE_BYTES = 1_048_576;
  private static final int BYTES_PER_EVENT = 26;
  private static final Duration TOO_OLD = Duration.ofDays(14);
  private static final Duration TOO_NEW = Duration.ofHours(2);
  private static final Duration WIDEST_BATCH = Duration.ofHours(24);
  private static final Pattern TOKEN = Pattern.compile("([fb])/(\\d{20})(\\d{36})/s");

  private final LogGroups groups;

  EventOperations(LogGroups groups) {
    this.groups = groups;
  }

  ObjectNode put(CallContext context, Input input) {
    String groupName = GroupOperations.groupName(input);
    String streamName = GroupOperations.streamName(input);
    List<Input> given = input.objects("logEvents");
    new Constraints()
        .required(input.node("logEvents"), "logEvents")
        .size(given, "logEvents", MOST_EVENTS)
        .check();
    LogGroup group = groups.get(context, groupName);
    LogStream stream = stream(group, streamName);
    List<Instant> times = new ArrayList<>();
    for (Input event : given) {
      times.add(milliseconds(event, "timestamp", context.at()));
      event.required("timestamp");
      event.required("message");
    }
    checkBatch(given, times);
    ObjectNode reply = Json.object().put("nextSequenceToken", SEQUENCE_TOKEN);
    int old = 0;
    int expired = 0;
    int recent = given.size();
    Instant keptSince = context.at().minus(TOO_OLD);
    Integer days = group.retentionDays();
    Instant retainedSince = days == null ? Instant.MIN : context.at().minus(Duration.ofDays(days));
    for (int i = 0; i < given.size(); i++) {
      Instant at = times.get(i);
      if (at.isBefore(keptSince)) {
        old = i + 1;
      } else if (at.isBefore(retainedSince)) {
        expired = i + 1;
      } else if (at.isAfter(context.at().plus(TOO_NEW))) {
        recent = Math.min(recent, i);
      } else {
        groups.add(stream, at, context.at(), given.get(i).required("message"));
      }
    }
    if (old > 0 || expired > 0 || recent < given.size()) {
      ObjectNode rejected = reply.putObject("rejectedLogEventsInfo");
      putIf(rejected, "tooNewLogEventStartIndex", recent, recent < given.size());
      putIf(rejected, "tooOldLogEventEndIndex", old, old > 0);
      putIf(rejected, "expiredLogEventEndIndex", expired, expired > 0);
    }
    return reply;
  }

  /** Events of one stream, forward from a place or backward; pages never end, their tokens do. */
  ObjectNode get(CallContext context, Input input) {
    GroupOperations.limits(input, MOST_EVENTS).check();
    String streamName = GroupOperations.streamName(input);
    LogStream stream = stream(groups.named(context, input), streamName);
    Integer limit = input.integer("limit");
    int most = limit == null ? MOST_EVENTS : limit;
    String token = input.text("nextToken");
    NavigableSet<LogEvent> all =
        stream.between(milliseconds(input, "startTime"), milliseconds(input, "endTime"));
    List<LogEvent> page;
    if (token == null) {
      page = input.flag("startFromHead") ? first(all, most) : last(all, most);
    } else {
      Matcher parts = TOKEN.matcher(token);
      if (!parts.matches()) {
        throw LogGroups.invalid("The specified nextToken is invalid.");
      }
      LogEvent place =
          LogEvent.bound(
              Instant.ofEpochMilli(Long.parseLong(parts.group(2))), Long.parseLong(parts.group(3)));
      page =
          parts.group(1).equals("f")
              ? first(all.tailSet(place, false), most)
              : last(all.headSet(place, false), most);
    }
    return reply(page, token, context.at());
  }

  private static ObjectNode reply(List<LogEvent> page, @Nullable String token, Instant now) {
    ObjectNode reply = Json.object();
    ArrayNode shown = reply.putArray("events");
    for (LogEvent event : page) {
      shown
          .addObject()
          .put("timestamp", event.at().toEpochMilli())
          .put("message", event.message())
          .put("ingestionTime", event.ingested().toEpochMilli());
    }
    String here =
        token == null ? LogEvent.bound(now, 0).id() + "/s" : token.substring("f/".length());
    return reply
        .put("nextForwardToken", "f/" + (page.isEmpty() ? here : page.getLast().id() + "/s"))
        .put("nextBackwardToken", "b/" + (page.isEmpty() ? here : page.getFirst().id() + "/s"));
  }

  private record Found(LogStream stream, LogEvent event) {}

  ObjectNode filter(CallContext context, Input input) {
    List<String> names = input.texts("logStreamNames");
    String prefix = input.text("logStreamNamePrefix");
    GroupOperations.limits(input, MOST_EVENTS).size(names, "logStreamNames", 100).check();
    if (prefix != null && !names.isEmpty()) {
      throw LogGroups.invalid(
          "Cannot set both logStreamNames and logStreamNamePrefix in the same request.");
    }
    Predicate<String> pattern = FilterPattern.of(input.text("filterPattern", ""));
    LogGroup group = groups.named(context, input);
    names.forEach(name -> stream(group, name));
    Instant from = milliseconds(input, "startTime");
    Instant to = milliseconds(input, "endTime");
    // Unlike that of GetLogEvents, this end is inclusive in AWS' documentation of log groups.
    Instant end = to == null ? null : to.plusMillis(1);
    List<Found> found = new ArrayList<>();
    for (LogStream stream : group.streams().values()) {
      if ((names.isEmpty() || names.contains(stream.name()))
          && (prefix == null || stream.name().startsWith(prefix))) {
        for (LogEvent event : stream.between(from, end)) {
          if (pattern.test(event.message())) {
            found.add(new Found(stream, event));
          }
        }
      }
    }
    found.sort(Comparator.comparing(Found::event));
    Integer limit = input.integer("limit");
    LogPage<Found> page =
        LogPage.of(found, input.text("nextToken"), limit == null ? MOST_EVENTS : limit);
    ObjectNode reply = Json.object();
    ArrayNode shown = reply.putArray("events");
    for (Found one : page.items()) {
      shown
          .addObject()
          .put("logStreamName", one.stream().name())
          .put("timestamp", one.event().at().toEpochMilli())
          .put("message", one.event().message())
          .put("ingestionTime", one.event().ingested().toEpochMilli())
          .put("eventId", one.event().id());
    }
    reply.putArray("searchedLogStreams");
    page.putToken(reply);
    return reply;
  }

  private static void checkBatch(List<Input> given, List<Instant> times) {
    long bytes = 0;
    for (int i = 0; i < given.size(); i++) {
      bytes +=
          given.get(i).required("message").getBytes(StandardCharsets.UTF_8).length
              + BYTES_PER_EVENT;
      if (i > 0 && times.get(i).isBefore(times.get(i - 1))) {
        throw LogGroups.invalid(
            "Log events in a single PutLogEvents request must be in chronological order.");
      }
    }
    if (bytes > MOST_BATCH_BYTES) {
      throw LogGroups.invalid("Upload too large: " + bytes + " bytes exceeds limit of 1048576");
    }
    if (!times.isEmpty()
        && Duration.between(times.getFirst(), times.getLast()).compareTo(WIDEST_BATCH) > 0) {
      throw LogGroups.invalid(
          "The batch of log events in a single PutLogEvents request cannot span more than 24"
              + " hours.");
    }
  }

  private static List<LogEvent> first(NavigableSet<LogEvent> events, int most) {
    List<LogEvent> page = new ArrayList<>();
    long bytes = 0;
    for (LogEvent event : events) {
      bytes += event.message().length() + BYTES_PER_EVENT;
      if (page.size() == most || bytes > MOST_PAGE_BYTES) {
        break;
      }
      page.add(event);
    }
    return page;
  }

  /** The last ones, oldest first. */
  private static List<LogEvent> last(NavigableSet<LogEvent> events, int most) {
    return first(events.descendingSet(), most).reversed();
  }

  private static LogStream stream(LogGroup group, String name) {
    LogStream stream = group.streams().get(name);
    if (stream == null) {
      throw LogGroups.notFound("The specified log stream does not exist.");
    }
    return stream;
  }

  private static @Nullable Instant milliseconds(Input input, String member) {
    Double value = input.number(member);
    return value == null ? null : Instant.ofEpochMilli(value.longValue());
  }

  private static Instant milliseconds(Input input, String member, Instant otherwise) {
    Instant value = milliseconds(input, member);
    return value == null ? otherwise : value;
  }

  private static void putIf(ObjectNode tree, String name, int value, boolean condition) {
    if (condition) {
      tree.put(name, value);
    }
  }
}
