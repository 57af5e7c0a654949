package dev.lambdarollouts.simulator.lambda;

import static dev.lambdarollouts.simulator.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lambdarollouts.simulator.RawClient;
import dev.lambdarollouts.simulator.TestAws;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.lambda.model.EventSourceMappingConfiguration;

/** Event source mappings with their states, as recorded from Lambda. */
class EventSourceMappingTest {
  private static final String QUEUE = "arn:aws:sqs:eu-west-1:" + TestAws.ACCOUNT + ":jobs";
  private static final String STREAM =
      "arn:aws:kinesis:eu-west-1:" + TestAws.ACCOUNT + ":stream/clicks";
  private static final String PATH = "/2015-03-31/event-source-mappings";

  private final TestAws aws = new TestAws();
  private final RawClient raw = new RawClient(aws.simulator.endpoint(), TestAws.ACCOUNT, "lambda");

  @BeforeEach
  void aliasedVersion() {
    aws.create("hello");
    aws.lambda.publishVersion(request -> request.functionName("hello"));
    aws.lambda.createAlias(r -> r.functionName("hello").name("live").functionVersion("1"));
  }

  @AfterEach
  void stop() {
    aws.close();
  }

  @Test
  void aMappingIsCreatedUpdatedDisabledAndDeletedInItsOwnTime() {
    String uuid = create("hello:live", QUEUE);
    assertThat(state(uuid)).isEqualTo("Creating");
    refused(
        400,
        "ResourceInUseException",
        "Cannot update the event source mapping because it is in use.",
        () -> aws.lambda.updateEventSourceMapping(r -> r.uuid(uuid).batchSize(1)));
    aws.settle();
    assertThat(state(uuid)).isEqualTo("Enabled");

    assertThat(aws.lambda.updateEventSourceMapping(r -> r.uuid(uuid).batchSize(5)).state())
        .isEqualTo("Updating");
    aws.settle();
    assertThat(aws.lambda.getEventSourceMapping(r -> r.uuid(uuid)).batchSize()).isEqualTo(5);
    aws.lambda.updateEventSourceMapping(r -> r.uuid(uuid).functionName("hello:1"));
    aws.settle();
    assertThat(aws.lambda.getEventSourceMapping(r -> r.uuid(uuid)).functionArn())
        .isEqualTo(TestAws.arn("hello:1"));

    assertThat(aws.lambda.updateEventSourceMapping(r -> r.uuid(uuid).enabled(false)).state())
        .isEqualTo("Disabling");
    aws.settle();
    assertThat(state(uuid)).isEqualTo("Disabled");
    assertThat(aws.lambda.updateEventSourceMapping(r -> r.uuid(uuid).enabled(true)).state())
        .isEqualTo("Enabling");
    aws.settle();

    assertThat(aws.lambda.deleteEventSourceMapping(r -> r.uuid(uuid)).state())
        .isEqualTo("Deleting");
    aws.settle();
    refused(
        404,
        "ResourceNotFoundException",
        "The resource you requested does not exist.",
        () -> state(uuid));
  }

  @Test
  void aQueueAndAStreamHaveTheirOwnMembersAndDefaults() {
    JsonNode queue =
        raw.json("POST", PATH, "{\"FunctionName\":\"hello\",\"EventSourceArn\":\"" + QUEUE + "\"}");
    assertThat(members(queue))
        .containsExactlyInAnyOrder(
            "BatchSize",
            "EventSourceArn",
            "EventSourceMappingArn",
            "FunctionArn",
            "FunctionResponseTypes",
            "LastModified",
            "MaximumBatchingWindowInSeconds",
            "State",
            "StateTransitionReason",
            "UUID");
    assertThat(queue.path("BatchSize").asInt()).isEqualTo(10);
    assertThat(queue.path("StateTransitionReason").asText()).isEqualTo("USER_INITIATED");
    assertThat(queue.path("EventSourceMappingArn").asText())
        .isEqualTo(
            "arn:aws:lambda:eu-west-1:"
                + TestAws.ACCOUNT
                + ":event-source-mapping:"
                + queue.path("UUID").asText());

    JsonNode stream =
        raw.json(
            "POST",
            PATH,
            "{\"FunctionName\":\"hello\",\"StartingPosition\":\"LATEST\",\"EventSourceArn\":\""
                + STREAM
                + "\"}");
    assertThat(members(stream))
        .containsExactlyInAnyOrder(
            "BatchSize",
            "BisectBatchOnFunctionError",
            "DestinationConfig",
            "EventSourceArn",
            "EventSourceMappingArn",
            "FunctionArn",
            "FunctionResponseTypes",
            "LastModified",
            "LastProcessingResult",
            "MaximumBatchingWindowInSeconds",
            "MaximumRecordAgeInSeconds",
            "MaximumRetryAttempts",
            "ParallelizationFactor",
            "StartingPosition",
            "State",
            "StateTransitionReason",
            "TumblingWindowInSeconds",
            "UUID");
    assertThat(stream.path("BatchSize").asInt()).isEqualTo(100);
    assertThat(stream.path("DestinationConfig").toString()).isEqualTo("{\"OnFailure\":{}}");
  }

  @Test
  void mappingsAreListedByFunctionAsItWasNamedBySourceAndInPages() {
    create("hello", QUEUE);
    create(TestAws.ACCOUNT + ":function:hello:live", QUEUE);
    create("hello:live", QUEUE + "-2");

    assertThat(
            aws.lambda
                .listEventSourceMappings(r -> r.functionName("hello:live"))
                .eventSourceMappings())
        .extracting(EventSourceMappingConfiguration::functionArn)
        .containsExactly(TestAws.arn("hello:live"), TestAws.arn("hello:live"));
    assertThat(
            aws.lambda
                .listEventSourceMappings(r -> r.functionName("hello").eventSourceArn(QUEUE))
                .eventSourceMappings())
        .extracting(EventSourceMappingConfiguration::functionArn)
        .containsExactly(TestAws.arn("hello"));
    assertThat(
            aws.lambda.listEventSourceMappingsPaginator(r -> r.maxItems(1)).eventSourceMappings())
        .hasSize(3);
  }

  @Test
  void whatAwsRefusesIsRefused() {
    refused(
        400,
        "InvalidParameterValueException",
        "Unrecognized event source.",
        () -> aws.lambda.createEventSourceMapping(r -> r.functionName("hello")));
    refused(
        400,
        "InvalidParameterValueException",
        "Function does not exist",
        () -> create("unknown", QUEUE));
    refused(
        400,
        "InvalidParameterValueException",
        "1 validation error detected: Value null at 'startingPosition' failed to satisfy"
            + " constraint: Member must not be null.",
        () -> create("hello", STREAM));
    refused(
        400,
        "InvalidParameterValueException",
        "Unsupported DestinationConfig parameter for given event source mapping type.",
        () ->
            aws.lambda.createEventSourceMapping(
                r ->
                    r.functionName("hello")
                        .eventSourceArn(QUEUE)
                        .destinationConfig(d -> d.onFailure(f -> f.destination(QUEUE)))));
    String uuid = create("hello", QUEUE);
    refused(
        409,
        "ResourceConflictException",
        "An event source mapping with SQS arn (\" "
            + QUEUE
            + " \") and function (\" hello \") already exists. Please update or delete the existing"
            + " mapping with UUID "
            + uuid,
        () -> create("hello", QUEUE));
  }

  @Test
  void aMappingOutlivesItsFunctionAndHasTags() {
    String uuid = create("hello", QUEUE);
    String arn = aws.lambda.getEventSourceMapping(r -> r.uuid(uuid)).eventSourceMappingArn();
    aws.lambda.tagResource(r -> r.resource(arn).tags(Map.of("team", "a")));
    aws.settle();
    aws.lambda.deleteFunction(r -> r.functionName("hello"));

    assertThat(state(uuid)).isEqualTo("Enabled");
    assertThat(aws.lambda.listTags(r -> r.resource(arn)).tags()).isEqualTo(Map.of("team", "a"));
  }

  private String create(String function, String source) {
    return aws.lambda
        .createEventSourceMapping(r -> r.functionName(function).eventSourceArn(source))
        .uuid();
  }

  private String state(String uuid) {
    return aws.lambda.getEventSourceMapping(r -> r.uuid(uuid)).state();
  }

  private static List<String> members(JsonNode tree) {
    List<String> names = new ArrayList<>();
    tree.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
