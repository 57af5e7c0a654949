package dev.lambdarollouts.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lambdarollouts.engine.fact.AwsFailure;
import dev.lambdarollouts.engine.fact.SideFact;
import dev.lambdarollouts.engine.fact.SideFact.State;
import dev.lambdarollouts.engine.fact.SideSettings;
import dev.lambdarollouts.engine.fact.SideSettings.RuntimeManagement;
import dev.lambdarollouts.engine.fact.VersionNumber;
import dev.lambdarollouts.engine.port.AwsReply;
import dev.lambdarollouts.engine.port.FunctionDefinition;
import dev.lambdarollouts.engine.port.Owner;
import dev.lambdarollouts.engine.progress.SideSetting;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Concurrency and the runtime's management, against the simulator. */
class SideAgainstSimulatorTest {
  private static final String HELLO = "hello-dev";
  private static final VersionNumber ONE = new VersionNumber("1");
  private static final SideSetting RESERVED =
      new SideSetting(SideSetting.Kind.RESERVED_CONCURRENCY, null);
  private static final SideSetting RUNTIME =
      new SideSetting(SideSetting.Kind.RUNTIME_MANAGEMENT, ONE);
  private static final SideSetting PROVISIONED = SideSetting.provisioned(ONE);
  private static final SideSettings WANTED =
      new SideSettings(10, new RuntimeManagement("FunctionUpdate", null), 5);

  private final SimulatedAws aws = new SimulatedAws();
  private final FunctionDefinition definition = Definitions.small().build();

  @BeforeEach
  void versionOne() {
    aws.deployAll(definition);
    aws.somebody.publishVersion(publish -> publish.functionName(HELLO));
    aws.time.advance(Duration.ofSeconds(10));
  }

  @AfterEach
  void close() {
    aws.close();
  }

  private SideFact read(SideSetting... what) {
    return aws.functions.beside(HELLO, SimulatedAws.OWNER, WANTED, List.of(what));
  }

  private State state(SideSetting what) {
    return switch (read(what)) {
      case SideFact.Seen seen -> seen.states().get(what);
      case SideFact other -> throw new AssertionError(other.toString());
    };
  }

  private void set(SideSetting what) {
    assertThat(aws.functions.set(HELLO, WANTED, what)).isEqualTo(new AwsReply.Done<>(true));
  }

  private void takeBack(SideSetting what) {
    assertThat(aws.functions.takeBack(HELLO, what)).isEqualTo(new AwsReply.Done<>(true));
    assertThat(state(what)).isEqualTo(State.ABSENT);
    assertThat(aws.functions.takeBack(HELLO, what))
        .as("again")
        .isEqualTo(new AwsReply.Done<>(true));
  }

  @Test
  void reservedConcurrencyIsSetComparedAndTakenBack() {
    assertThat(state(RESERVED)).isEqualTo(State.ABSENT);
    aws.somebody.putFunctionConcurrency(
        put -> put.functionName(HELLO).reservedConcurrentExecutions(7));
    assertThat(state(RESERVED)).isEqualTo(State.OTHER);
    set(RESERVED);
    assertThat(state(RESERVED)).isEqualTo(State.AS_WANTED);
    takeBack(RESERVED);
  }

  @Test
  void theRuntimesManagementIsTheVersionsOwn() {
    assertThat(state(RUNTIME)).isEqualTo(State.ABSENT);
    set(RUNTIME);
    assertThat(state(RUNTIME)).isEqualTo(State.AS_WANTED);
    assertThat(
            aws.somebody
                .getRuntimeManagementConfig(get -> get.functionName(HELLO))
                .updateRuntimeOnAsString())
        .as("of $LATEST")
        .isEqualTo("Auto");
    takeBack(RUNTIME);
  }

  @Test
  void provisionedConcurrencyOfAVersionIsReadyAfterAWhile() {
    assertThat(state(PROVISIONED)).isEqualTo(State.ABSENT);
    set(PROVISIONED);
    assertThat(state(PROVISIONED)).isEqualTo(State.IN_PROGRESS);
    aws.time.advance(Duration.ofMinutes(10));
    assertThat(state(PROVISIONED)).isEqualTo(State.AS_WANTED);
    takeBack(PROVISIONED);
  }

  @Test
  void whatAwsCannotProvideIsFailedAndSaysWhy() {
    aws.simulator
        .lambda()
        .failNextProvisioning(
            "arn:aws:lambda:us-east-1:111122223333:function:" + HELLO, "no room at the inn");
    set(PROVISIONED);
    aws.time.advance(Duration.ofMinutes(10));
    assertThat(read(PROVISIONED))
        .isInstanceOfSatisfying(
            SideFact.Seen.class,
            seen -> {
              assertThat(seen.states()).containsEntry(PROVISIONED, State.FAILED);
              assertThat(seen.failures().get(PROVISIONED)).contains("no room at the inn");
            });
  }

  @Test
  void moreThanIsReservedIsRefusedInAwsOwnWords() {
    aws.somebody.putFunctionConcurrency(
        put -> put.functionName(HELLO).reservedConcurrentExecutions(2));
    assertThat(aws.functions.set(HELLO, WANTED, PROVISIONED))
        .isInstanceOfSatisfying(
            AwsReply.Failed.class,
            failed -> {
              assertThat(failed.failure().kind()).isEqualTo(AwsFailure.Kind.INVALID);
              assertThat(failed.failure().message()).contains("reservedConcurrentExecution");
            });
  }

  @Test
  void anothersFunctionIsNotLookedInto() {
    assertThat(
            aws.functions.beside(
                HELLO, new Owner("lr-2", "shop", "hello"), WANTED, List.of(RESERVED)))
        .isInstanceOfSatisfying(
            SideFact.Unknown.class,
            unknown -> assertThat(unknown.failure().message()).contains("lr-1/shop/hello"));
    assertThatThrownBy(
            () ->
                aws.functions.set(
                    HELLO, WANTED, SideSetting.provisioned(new VersionNumber("$LATEST"))))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
