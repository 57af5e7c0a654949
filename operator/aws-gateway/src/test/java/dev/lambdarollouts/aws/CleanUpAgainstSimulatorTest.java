package dev.lambdarollouts.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lambdarollouts.engine.fact.AwsFailure;
import dev.lambdarollouts.engine.fact.FunctionFact;
import dev.lambdarollouts.engine.fact.ListedVersion;
import dev.lambdarollouts.engine.fact.VersionNumber;
import dev.lambdarollouts.engine.port.AwsReply;
import dev.lambdarollouts.engine.port.FunctionDefinition;
import dev.lambdarollouts.engine.port.Owner;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

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
}
