package dev.lambdarollouts.simulator.lambda.eventsource;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.simulator.lambda.function.LambdaErrors;
import dev.lambdarollouts.simulator.protocol.Input;
import dev.lambdarollouts.simulator.protocol.Json;
import java.util.List;

/** A mapping's settings, with the members and defaults that AWS shows for its kind of source. */
final class EventSourceSettings {
  /** Members that are shown as they were given. */
  private static final List<String> GIVEN =
      List.of(
          "EventSourceArn",
          "BatchSize",
          "MaximumBatchingWindowInSeconds",
          "FilterCriteria",
          "KMSKeyArn",
          "MetricsConfig",
          "LoggingConfig",
          "ScalingConfig",
          "ParallelizationFactor",
          "StartingPosition",
          "StartingPositionTimestamp",
          "DestinationConfig",
          "MaximumRecordAgeInSeconds",
          "BisectBatchOnFunctionError",
          "MaximumRetryAttempts",
          "TumblingWindowInSeconds",
          "Topics",
          "Queues",
          "SourceAccessConfigurations",
          "SelfManagedEventSource",
          "FunctionResponseTypes",
          "AmazonManagedKafkaEventSourceConfig",
          "SelfManagedKafkaEventSourceConfig",
          "DocumentDBEventSourceConfig",
          "ProvisionedPollerConfig");

  private EventSourceSettings() {}

  static ObjectNode create(Input input, EventSourceType type, String uuid) {
    check(input);
    requireStartingPosition(input, type);
    ObjectNode settings = defaults(type, uuid);
    merge(settings, input);
    requireConsistent(settings, input, type);
    return settings;
  }

  /** The settings after an update: what the request leaves out stays. */
  static ObjectNode update(ObjectNode before, Input input, EventSourceType type) {
    check(input);
    ObjectNode settings = before.deepCopy();
    merge(settings, input);
    requireConsistent(settings, input, type);
    return settings;
  }

  private static ObjectNode defaults(EventSourceType type, String uuid) {
    ObjectNode settings = Json.object().put("BatchSize", type.batchSize());
    if (type == EventSourceType.SQS || type.isStream()) {
      settings.put("MaximumBatchingWindowInSeconds", 0);
      settings.putArray("FunctionResponseTypes");
    }
    if (type.isStream()) {
      settings.put("ParallelizationFactor", 1);
      settings.putObject("DestinationConfig").putObject("OnFailure");
      settings.put("MaximumRecordAgeInSeconds", -1);
      settings.put("BisectBatchOnFunctionError", false);
      settings.put("MaximumRetryAttempts", -1);
      settings.put("TumblingWindowInSeconds", 0);
    }
    if (type == EventSourceType.SELF_MANAGED_KAFKA) {
      settings.putObject("SelfManagedKafkaEventSourceConfig").put("ConsumerGroupId", uuid);
    }
    if (type == EventSourceType.MSK) {
      settings.putObject("AmazonManagedKafkaEventSourceConfig").put("ConsumerGroupId", uuid);
    }
    return settings;
  }

  private static void merge(ObjectNode settings, Input input) {
    for (String member : GIVEN) {
      JsonNode value = input.node(member);
      if (value != null) {
        settings.set(member, value.deepCopy());
      }
    }
    // No filters are shown as none.
    if (settings.path("FilterCriteria").path("Filters").isEmpty()) {
      settings.remove("FilterCriteria");
    }
  }

  private static void check(Input input) {
    Input criteria = input.object("FilterCriteria");
    if (criteria != null) {
      criteria.objects("Filters").forEach(EventSourceSettings::requirePattern);
    }
  }

  private static void requirePattern(Input filter) {
    if (!isObject(filter.text("Pattern", ""))) {
      throw LambdaErrors.invalid("Invalid filter pattern definition.");
    }
  }

  private static boolean isObject(String json) {
    try {
      return Json.MAPPER.readTree(json).isObject();
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  private static void requireStartingPosition(Input input, EventSourceType type) {
    String position = input.text("StartingPosition");
    if (type.isStream() && position == null) {
      throw LambdaErrors.invalid(
          "1 validation error detected: Value null at 'startingPosition' failed to satisfy"
              + " constraint: Member must not be null.");
    }
    if (type == EventSourceType.DYNAMODB && "AT_TIMESTAMP".equals(position)) {
      throw LambdaErrors.invalid(
          "Unsupported starting position for arn type: " + input.text("EventSourceArn"));
    }
  }

  private static void requireConsistent(ObjectNode settings, Input input, EventSourceType type) {
    Input destinations = input.object("DestinationConfig");
    if (destinations != null && (type == EventSourceType.SQS || destinations.has("OnSuccess"))) {
      throw LambdaErrors.invalid(
          "Unsupported DestinationConfig parameter for given event source mapping type.");
    }
    if (type == EventSourceType.SQS
        && settings.path("BatchSize").asInt() > 10
        && settings.path("MaximumBatchingWindowInSeconds").asInt() == 0) {
      throw LambdaErrors.invalid(
          "Maximum batch window in seconds must be greater than 0 if maximum batch size is greater"
              + " than 10");
    }
  }
}
