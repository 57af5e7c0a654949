package dev.lambdarollouts.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lambdarollouts.engine.fact.AwsFailure;
import dev.lambdarollouts.engine.fact.Custody;
import dev.lambdarollouts.engine.fact.FunctionFact;
import dev.lambdarollouts.engine.fact.ListedVersion;
import dev.lambdarollouts.engine.fact.VersionNumber;
import dev.lambdarollouts.engine.port.AwsReply;
import dev.lambdarollouts.engine.port.FunctionDefinition;
import dev.lambdarollouts.engine.port.FunctionDefinition.Code;
import dev.lambdarollouts.engine.port.Owner;
import dev.lambdarollouts.simulator.door.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;

/** Listing and deleting versions, against the simulator. */
class CleanUpAgainstSimulatorTest {
  private static final Instant AT = Instant.parse("2026-11-23T10:00:00Z");

  private final SimulatedAws aws = new SimulatedAws();
  private final FunctionDefinition wanted = Definitions.small().build();

  @AfterEach
  void close() {
    aws.close();
  }

  /** Publishes versions by hand, each of another configuration, with this Description. */
  private void publish(String description) {
    aws.somebody.updateFunctionConfiguration(
        update -> update.functionName("hello-dev").description(description + System.nanoTime()));
    aws.time.advance(Duration.ofSeconds(10));
    aws.somebody.publishVersion(
        publish -> publish.functionName("hello-dev").description(description));
    aws.time.advance(Duration.ofSeconds(10));
  }

  private List<ListedVersion> listed(Owner owner) {
    return switch (aws.functions.versions("hello-dev", owner, AT)) {
      case AwsReply.Done<List<ListedVersion>>(List<ListedVersion> all) -> all;
      case AwsReply.Failed<List<ListedVersion>>(AwsFailure failure) ->
          throw new AssertionError(failure.toString());
    };
  }

  private static VersionNumber number(int version) {
    return new VersionNumber(Integer.toString(version));
  }

  @Test
  void aListingTellsWhatIsMarkedAndWhatAnyAliasNames() {
    aws.deployAll(wanted);
    publish("1-0123456789");
    publish("by hand");
    publish("1-abcdef0123");
    publish("1-abcdef0124");
    aws.somebody.createAlias(
        create ->
            create
                .functionName("hello-dev")
                .name("theirs")
                .functionVersion("3")
                .routingConfig(route -> route.additionalVersionWeights(Map.of("4", 0.1))));
    assertThat(listed(SimulatedAws.OWNER))
        .containsExactly(
            new ListedVersion(number(1), true, false, AT),
            new ListedVersion(number(2), false, false, AT),
            new ListedVersion(number(3), true, false, null),
            new ListedVersion(number(4), true, false, null));
  }

  @Test
  void invariant10AVersionWhoseDurableExecutionsRunOrPauseIsToldAsSuchUntilTheyHaveEnded() {
    byte[] zip = ReproducibleZip.of(((Code.Files) Definitions.small().code).files());
    aws.somebody.createFunction(
        create ->
            create
                .functionName("hello-dev")
                .runtime("nodejs22.x")
                .handler("index.handler")
                .role("arn:aws:iam::111122223333:role/hello")
                .code(code -> code.zipFile(SdkBytes.fromByteArray(zip)))
                .durableConfig(durable -> durable.executionTimeout(3600))
                .tags(OwnerTags.of(SimulatedAws.OWNER)));
    aws.time.advance(Duration.ofSeconds(10));
    publish("1-0123456789");
    publish("1-abcdef0123");
    var executions = aws.simulator.lambda().durableExecutions();
    String runs = executions.start("hello-dev:1", "order-7");

    assertThat(listed(SimulatedAws.OWNER))
        .containsExactly(
            new ListedVersion(number(1), true, true, AT),
            new ListedVersion(number(2), true, false, AT));

    executions.pause(runs);

    assertThat(listed(SimulatedAws.OWNER))
        .extracting(ListedVersion::mayBeExecuting)
        .containsExactly(true, false);

    executions.end(runs);

    assertThat(listed(SimulatedAws.OWNER))
        .extracting(ListedVersion::mayBeExecuting)
        .containsExactly(false, false);
  }

  @Test
  void whetherExecutionsRunIsAskedOnlyOfADurableVersionAndWithoutAnAnswerTheyMay() {
    aws.deployAll(wanted);
    publish("1-0123456789");
    listed(SimulatedAws.OWNER);
    assertThat(aws.operations("lambda")).doesNotContain("ListDurableExecutionsByFunction");

    aws.somebody.updateFunctionConfiguration(
        update ->
            update
                .functionName("hello-dev")
                .durableConfig(durable -> durable.executionTimeout(3600)));
    aws.time.advance(Duration.ofSeconds(10));
    publish("1-abcdef0123");
    aws.simulator
        .faults()
        .add(
            call -> call.operation().equals("ListDurableExecutionsByFunction"),
            Fault.accessDenied());

    assertThat(listed(SimulatedAws.OWNER))
        .extracting(ListedVersion::mayBeExecuting)
        .containsExactly(false, true);
  }

  @Test
  void aFunctionOfAnotherOwnersHasNoVersionsToDelete() {
    aws.deployAll(wanted);
    publish("1-0123456789");
    assertThat(listed(new Owner("lr-1", "shop", "other"))).isEmpty();
  }

  @Test
  void morePagesThanOneAreReadToTheEnd() {
    aws.deployAll(wanted);
    for (int count = 0; count < 53; count++) {
      publish("1-0123456789");
    }
    assertThat(listed(SimulatedAws.OWNER)).hasSize(53);
  }

  @Test
  void oneVersionIsDeletedAndOnceMoreIsNoFailure() {
    aws.deployAll(wanted);
    publish("1-0123456789");
    publish("1-0123456780");
    assertThat(aws.functions.delete("hello-dev", number(1))).isEqualTo(new AwsReply.Done<>(true));
    assertThat(aws.functions.delete("hello-dev", number(1))).isEqualTo(new AwsReply.Done<>(true));
    assertThat(listed(SimulatedAws.OWNER)).hasSize(1);
    assertThat(aws.functions.read(wanted, SimulatedAws.OWNER))
        .isNotInstanceOf(FunctionFact.Absent.class);
  }

  @Test
  void aVersionThatAnAliasNamesIsRefusedByAws() {
    aws.deployAll(wanted);
    publish("1-0123456789");
    aws.somebody.createAlias(
        create -> create.functionName("hello-dev").name("theirs").functionVersion("1"));
    assertThat(aws.functions.delete("hello-dev", number(1)))
        .isInstanceOfSatisfying(
            AwsReply.Failed.class,
            failed -> assertThat(failed.failure().kind()).isEqualTo(AwsFailure.Kind.CONFLICT));
  }

  @Test
  void neverLatestAndNeverTheFunction() {
    assertThatThrownBy(() -> aws.functions.delete("hello-dev", new VersionNumber("$LATEST")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> aws.functions.delete("hello-dev", new VersionNumber("")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aFunctionThatTheOperatorCreatedIsDeletedWhole() {
    aws.deployAll(wanted);
    publish("1-0123456789");
    aws.somebody.createAlias(
        create -> create.functionName("hello-dev").name("live").functionVersion("1"));
    assertThat(aws.functions.custody("hello-dev", SimulatedAws.OWNER))
        .isEqualTo(new Custody.Ours(true));

    assertThat(aws.functions.deleteFunction("hello-dev", SimulatedAws.OWNER))
        .isEqualTo(new AwsReply.Done<>(true));

    assertThat(aws.functions.custody("hello-dev", SimulatedAws.OWNER))
        .isEqualTo(new Custody.Absent());
    assertThat(aws.functions.deleteFunction("hello-dev", SimulatedAws.OWNER))
        .as("gone already")
        .isEqualTo(new AwsReply.Done<>(true));
  }

  @Test
  void invariant9WhatTheTagsDoNotSayForCertainIsNotDeleted() {
    aws.deployAll(wanted);
    String arn =
        aws.somebody
            .getFunction(get -> get.functionName("hello-dev"))
            .configuration()
            .functionArn();
    Owner other = new Owner("lr-1", "shop", "other");
    assertThat(aws.functions.custody("hello-dev", other))
        .isEqualTo(new Custody.Another(SimulatedAws.OWNER.toString()));
    assertThat(kind(aws.functions.deleteFunction("hello-dev", other)))
        .isEqualTo(AwsFailure.Kind.CONFLICT);

    aws.somebody.untagResource(untag -> untag.resource(arn).tagKeys("lambdarollouts.dev/created"));
    assertThat(aws.functions.custody("hello-dev", SimulatedAws.OWNER))
        .isEqualTo(new Custody.Ours(false));
    assertThat(kind(aws.functions.deleteFunction("hello-dev", SimulatedAws.OWNER)))
        .isEqualTo(AwsFailure.Kind.CONFLICT);

    aws.functions.disown("hello-dev", SimulatedAws.OWNER);
    assertThat(aws.functions.custody("hello-dev", SimulatedAws.OWNER))
        .isEqualTo(new Custody.Nobodys());
    assertThat(aws.somebody.getFunction(get -> get.functionName("hello-dev"))).isNotNull();
  }

  @Test
  void invariant12AFunctionIsHandedOverOnlyByTheOwnerThatItsTagsName() {
    aws.deployAll(wanted);
    Owner heir = new Owner("lr-2", "shop", "hello");
    assertThat(kind(aws.functions.takeOver("hello-dev", "lr-1/shop/other", heir)))
        .isEqualTo(AwsFailure.Kind.CONFLICT);
    assertThat(aws.functions.custody("hello-dev", SimulatedAws.OWNER))
        .isEqualTo(new Custody.Ours(true));

    for (int twice = 0; twice < 2; twice++) {
      assertThat(aws.functions.takeOver("hello-dev", SimulatedAws.OWNER.toString(), heir))
          .isEqualTo(new AwsReply.Done<>(true));
    }

    assertThat(aws.functions.custody("hello-dev", heir)).isEqualTo(new Custody.Ours(true));
    assertThat(aws.operations("lambda")).containsOnlyOnce("TagResource");
  }

  private static AwsFailure.Kind kind(AwsReply<Boolean> reply) {
    return reply instanceof AwsReply.Failed<Boolean>(AwsFailure failure) ? failure.kind() : null;
  }
}
