package dev.lambdarollouts.simulator.logs;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.simulator.protocol.AwsError;
import dev.lambdarollouts.simulator.protocol.Constraints;
import dev.lambdarollouts.simulator.protocol.Input;
import dev.lambdarollouts.simulator.protocol.Json;
import dev.lambdarollouts.simulator.service.CallContext;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Subscription filters: kept and shown. Nothing is delivered to their destinations. */
final class SubscriptionOperations {
  private static final int MOST_PER_GROUP = 2;

  private final LogGroups groups;

  SubscriptionOperations(LogGroups groups) {
    this.groups = groups;
  }

  @Nullable ObjectNode put(CallContext context, Input input) {
    String groupName = GroupOperations.groupName(input);
    String name = input.text("filterName");
    String pattern = input.text("filterPattern");
    String destination = input.text("destinationArn");
    String distribution = input.text("distribution", "ByLogStream");
    new Constraints()
        .required(name, "filterName")
        .length(name, "filterName", 1, 512)
        .pattern(name, "filterName", GroupOperations.STREAM)
        .required(pattern, "filterPattern")
        .length(pattern, "filterPattern", 0, 1024)
        .required(destination, "destinationArn")
        .oneOf(distribution, "distribution", List.of("Random", "ByLogStream"))
        .check();
    FilterPattern.of(String.valueOf(pattern));
    String arn = String.valueOf(destination);
    if (!arn.startsWith("arn:aws:")) {
      throw LogGroups.invalid("destinationArn is not an ARN: " + arn);
    }
    String service = arn.split(":", -1)[2];
    if ((service.equals("kinesis") || service.equals("firehose")) && !input.has("roleArn")) {
      throw LogGroups.invalid("destinationArn for vendor " + service + " requires a roleArn");
    }
    LogGroup group = groups.get(context, groupName);
    String key = String.valueOf(name);
    ObjectNode existing = group.subscriptions().get(key);
    if (existing == null && group.subscriptions().size() >= MOST_PER_GROUP) {
      throw new AwsError("LimitExceededException", 400, "Resource limit exceeded.");
    }
    ObjectNode shown =
        Json.object()
            .put("filterName", key)
            .put("logGroupName", group.name())
            .put("filterPattern", pattern)
            .put("destinationArn", arn);
    if (input.has("roleArn")) {
      shown.put("roleArn", input.text("roleArn"));
    }
    shown
        .put("distribution", distribution)
        .put("applyOnTransformedLogs", input.flag("applyOnTransformedLogs"))
        .put(
            "creationTime",
            existing == null
                ? context.at().toEpochMilli()
                : existing.path("creationTime").asLong());
    group.subscriptions().put(key, shown);
    return null;
  }

  ObjectNode describe(CallContext context, Input input) {
    GroupOperations.limits(input, 50).check();
    String prefix = input.text("filterNamePrefix", "");
    LogGroup group = groups.get(context, GroupOperations.groupName(input));
    List<ObjectNode> found =
        group.subscriptions().entrySet().stream()
            .filter(entry -> entry.getKey().startsWith(prefix))
            .map(Map.Entry::getValue)
            .toList();
    LogPage<ObjectNode> page = LogPage.of(found, input);
    ObjectNode reply = Json.object();
    ArrayNode shown = reply.putArray("subscriptionFilters");
    page.items().forEach(shown::add);
    page.putToken(reply);
    return reply;
  }

  @Nullable ObjectNode delete(CallContext context, Input input) {
    LogGroup group = groups.get(context, GroupOperations.groupName(input));
    if (group.subscriptions().remove(input.required("filterName")) == null) {
      throw LogGroups.notFound("The specified subscription filter does not exist.");
    }
    return null;
  }
}
