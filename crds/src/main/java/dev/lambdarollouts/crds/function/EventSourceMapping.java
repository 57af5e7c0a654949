package dev.lambdarollouts.crds.function;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.lambdarollouts.crds.common.Formats;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A poller that reads a source for the alias; as CreateEventSourceMapping of the Lambda API. */
@ValidationRule(
    value = "has(self.eventSourceArn) != has(self.selfManagedEventSource)",
    message = "give exactly one of eventSourceArn and selfManagedEventSource")
@ValidationRule(
    value =
        "(has(self.startingPosition) && self.startingPosition == 'AT_TIMESTAMP') =="
            + " has(self.startingPositionTimestamp)",
    message =
        "startingPosition: AT_TIMESTAMP needs startingPositionTimestamp, and no other goes with it")
public record EventSourceMapping(
    @JsonPropertyDescription("ARN of the queue, stream, cluster or broker; placeholders allowed.")
        @Size(max = Formats.ARN_LENGTH)
        @Pattern(Formats.ARN)
        @Nullable String eventSourceArn,
    @JsonPropertyDescription("A Kafka cluster of your own, instead of eventSourceArn.")
        @Nullable SelfManagedEventSource selfManagedEventSource,
    @JsonPropertyDescription("Whether Lambda polls; absent: true.") @Nullable Boolean enabled,
    @JsonPropertyDescription("Most records in one invocation.") @Min(1) @Max(10000)
        @Nullable Integer batchSize,
    @JsonPropertyDescription("Seconds for which a batch is gathered.") @Min(0) @Max(300)
        @Nullable Integer maximumBatchingWindowInSeconds,
    @JsonPropertyDescription("Where in a stream or topic reading begins; streams require it.")
        @Nullable StartingPosition startingPosition,
    @JsonPropertyDescription("The moment from which on to read; with AT_TIMESTAMP only.")
        @Nullable Instant startingPositionTimestamp,
    @JsonPropertyDescription("Batches of one shard that are worked on at once.") @Min(1) @Max(10)
        @Nullable Integer parallelizationFactor,
    @JsonPropertyDescription("Older records of a stream are dropped; -1: none.")
        @Min(-1)
        @Max(604800)
        @Nullable Integer maximumRecordAgeInSeconds,
    @JsonPropertyDescription("How often a failed batch of a stream is tried again; -1: for ever.")
        @Min(-1)
        @Max(10000)
        @Nullable Integer maximumRetryAttempts,
    @JsonPropertyDescription("Split a failed batch of a stream in two before trying again.")
        @Nullable Boolean bisectBatchOnFunctionError,
    @JsonPropertyDescription("Seconds of a tumbling window over a stream.") @Min(0) @Max(900)
        @Nullable Integer tumblingWindowInSeconds,
    @JsonPropertyDescription("Only records that match one of the filters invoke.")
        @Nullable FilterCriteria filterCriteria,
    @JsonPropertyDescription("Where records go that could not be processed.")
        @Nullable DestinationConfig destinationConfig,
    @JsonPropertyDescription("ReportBatchItemFailures: the function answers which records failed.")
        @Size(max = 1)
        @Nullable List<FunctionResponseType> functionResponseTypes,
    @JsonPropertyDescription("For SQS: bounds on concurrency.")
        @Nullable ScalingConfig scalingConfig,
    @JsonPropertyDescription("Pollers that are kept ready.")
        @Nullable ProvisionedPollerConfig provisionedPollerConfig,
    @JsonPropertyDescription("Kafka topic.") @Size(max = 1)
        @Nullable List<@Size(min = 1, max = 249) String> topics,
    @JsonPropertyDescription("Queue of an Amazon MQ broker.") @Size(max = 1)
        @Nullable List<@Size(min = 1, max = 1000) String> queues,
    @JsonPropertyDescription("How Lambda gets access to the broker or cluster.") @Size(max = 22)
        @Nullable List<SourceAccessConfiguration> sourceAccessConfigurations,
    @JsonPropertyDescription("Settings of an Amazon MSK source.")
        @Nullable KafkaConfig amazonManagedKafkaEventSourceConfig,
    @JsonPropertyDescription("Settings of a Kafka source of your own.")
        @Nullable KafkaConfig selfManagedKafkaEventSourceConfig,
    @JsonPropertyDescription("Settings of a DocumentDB source.")
        @Nullable DocumentDbConfig documentDBEventSourceConfig,
    @JsonPropertyDescription("Metrics that Lambda publishes about this mapping.")
        @Nullable MetricsConfig metricsConfig,
    @JsonPropertyDescription("KMS key that encrypts the filter criteria.")
        @Size(max = Formats.ARN_LENGTH)
        @Pattern(Formats.ARN)
        @Nullable String kmsKeyArn) {

  /** Where reading begins. */
  public enum StartingPosition {
    AT_TIMESTAMP,
    LATEST,
    TRIM_HORIZON
  }

  /** What the function's answer may say. */
  public enum FunctionResponseType {
    REPORT_BATCH_ITEM_FAILURES("ReportBatchItemFailures");

    private final String text;

    FunctionResponseType(String text) {
      this.text = text;
    }

    /** As the API writes it. */
    @JsonValue
    @Override
    public String toString() {
      return text;
    }
  }

  /** A Kafka cluster of one's own. */
  public record SelfManagedEventSource(
      @JsonPropertyDescription("KAFKA_BOOTSTRAP_SERVERS and its list of host:port.")
          @Required
          @Size(min = 1, max = 2)
          Map<String, @Size(min = 1, max = 10) List<@Size(min = 1, max = 300) String>> endpoints) {}

  /** Filters of which one must match. */
  public record FilterCriteria(
      @JsonPropertyDescription("The filters, at most 10.") @Required @Size(max = 10)
          List<Filter> filters) {

    /** One filter. */
    public record Filter(
        @JsonPropertyDescription("A pattern of EventBridge's syntax, as JSON text.")
            @Required
            @Size(max = 4096)
            String pattern) {}
  }

  /** Where records go that could not be processed. */
  public record DestinationConfig(
      @JsonPropertyDescription("After the last try.") @Required OnFailure onFailure) {

    /** The destination after the last try. */
    public record OnFailure(
        @JsonPropertyDescription("ARN of a queue, topic or bucket; placeholders allowed.")
            @Required
            @Size(max = Formats.ARN_LENGTH)
            @Pattern(Formats.ARN)
            String destination) {}
  }

  /** Bounds on concurrency. */
  public record ScalingConfig(
      @JsonPropertyDescription("Most invocations at once by this source.")
          @Required
          @Min(2)
          @Max(1000)
          Integer maximumConcurrency) {}

  /** Pollers that are kept ready. */
  public record ProvisionedPollerConfig(
      @JsonPropertyDescription("Fewest pollers.") @Min(1) @Max(200)
          @Nullable Integer minimumPollers,
      @JsonPropertyDescription("Most pollers.") @Min(1) @Max(2000)
          @Nullable Integer maximumPollers) {}

  /** One way of access to a broker or cluster. */
  public record SourceAccessConfiguration(
      @JsonPropertyDescription("What uri names.") @Required Type type,
      @JsonPropertyDescription("The secret, subnet, security group or virtual host.")
          @Required
          @Size(min = 1, max = 200)
          String uri) {

    /** The kinds of access. */
    public enum Type {
      BASIC_AUTH,
      CLIENT_CERTIFICATE_TLS_AUTH,
      SASL_SCRAM_256_AUTH,
      SASL_SCRAM_512_AUTH,
      SERVER_ROOT_CA_CERTIFICATE,
      VIRTUAL_HOST,
      VPC_SECURITY_GROUP,
      VPC_SUBNET
    }
  }

  /** Settings of a Kafka source. */
  public record KafkaConfig(
      @JsonPropertyDescription("The consumer group.") @Required @Size(min = 1, max = 200)
          String consumerGroupId) {}

  /** Settings of a DocumentDB source. */
  public record DocumentDbConfig(
      @JsonPropertyDescription("The database.") @Required @Size(min = 1, max = 63)
          String databaseName,
      @JsonPropertyDescription("One collection; absent: all.") @Size(min = 1, max = 57)
          @Nullable String collectionName,
      @JsonPropertyDescription("What an update event holds.") @Nullable FullDocument fullDocument) {

    /** What an update event holds. */
    public enum FullDocument {
      DEFAULT("Default"),
      UPDATE_LOOKUP("UpdateLookup");

      private final String text;

      FullDocument(String text) {
        this.text = text;
      }

      /** As the API writes it. */
      @JsonValue
      @Override
      public String toString() {
        return text;
      }
    }
  }

  /** Metrics about a mapping. */
  public record MetricsConfig(
      @JsonPropertyDescription("EventCount: counts by outcome.") @Required @Size(max = 1)
          List<Metric> metrics) {

    /** The metrics. */
    public enum Metric {
      EVENT_COUNT("EventCount");

      private final String text;

      Metric(String text) {
        this.text = text;
      }

      /** As the API writes it. */
      @JsonValue
      @Override
      public String toString() {
        return text;
      }
    }
  }
}
