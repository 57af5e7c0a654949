package dev.lambdarollouts.simulator.lambda.eventsource;

import dev.lambdarollouts.simulator.lambda.function.LambdaErrors;
import dev.lambdarollouts.simulator.protocol.Input;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Kinds of event sources, each with its batch size when none is given. */
enum EventSourceType {
  SQS("sqs", 10),
  DYNAMODB("dynamodb", 100),
  KINESIS("kinesis", 100),
  MSK("kafka", 100),
  MQ("mq", 100),
  DOCUMENTDB("rds", 100),
  SELF_MANAGED_KAFKA("", 100);

  private static final int SERVICE = 2;

  private final String service;
  private final int batchSize;

  EventSourceType(String service, int batchSize) {
    this.service = service;
    this.batchSize = batchSize;
  }

  /** The kind that a request is about, or AWS' refusal of it. */
  static EventSourceType of(Input input) {
    String arn = input.text("EventSourceArn");
    if (input.has("SelfManagedEventSource") && arn == null) {
      if (!input.has("SourceAccessConfigurations")) {
        throw LambdaErrors.invalid("Required 'sourceAccessConfigurations' parameter is missing.");
      }
      return SELF_MANAGED_KAFKA;
    }
    return of(arn);
  }

  static EventSourceType of(@Nullable String arn) {
    List<String> parts = arn == null ? List.of() : List.of(arn.split(":", -1));
    String service = parts.size() > SERVICE ? parts.get(SERVICE) : "none";
    return Arrays.stream(values())
        .filter(type -> type.service.equals(service))
        .findFirst()
        .orElseThrow(() -> LambdaErrors.invalid("Unrecognized event source."));
  }

  int batchSize() {
    return batchSize;
  }

  /** Shards with records in order, for which retries and ages can be set. */
  boolean isStream() {
    return this == DYNAMODB || this == KINESIS;
  }

  boolean isKafka() {
    return this == MSK || this == SELF_MANAGED_KAFKA;
  }

  /** Why a mapping is in its state, in the words of this kind [recorded]. */
  String userAction() {
    return isStream() ? "User action" : "USER_INITIATED";
  }
}
