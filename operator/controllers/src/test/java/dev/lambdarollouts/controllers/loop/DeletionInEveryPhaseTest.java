package dev.lambdarollouts.controllers.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.controllers.cluster.ObjectKey;
import dev.lambdarollouts.controllers.model.Interference;
import dev.lambdarollouts.controllers.model.Manifests;
import dev.lambdarollouts.controllers.model.ModelWorld;
import dev.lambdarollouts.crds.rollout.LambdaRollout;
import dev.lambdarollouts.crds.rollout.StagePhase;
import dev.lambdarollouts.engine.fact.AlarmSample;
import dev.lambdarollouts.engine.fact.AliasTarget;
import dev.lambdarollouts.engine.fact.AwsFailure;
import dev.lambdarollouts.engine.fact.VersionNumber;
import dev.lambdarollouts.engine.plan.Weight;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Invariant 9, wherever the rollout is when it is deleted; version 1 is stable, 2 the candidate.
 */
class DeletionInEveryPhaseTest {
  private static final ObjectKey HELLO = new ObjectKey("shop", "hello");
  private static final VersionNumber ONE = new VersionNumber("1");
  private static final VersionNumber TWO = new VersionNumber("2");
  private static final String CLOSED =
      "promotionWindows: [{name: w, kind: Allow, schedule: \"0 12 * * *\", duration: 1h}]";
  private static final String APPROVAL = "approval: {required: true}";
  private static final String PAUSES =
      Manifests.strategy("canary: {steps: [{setWeight: 10}, {pause: {}}]}");

  /** What leads to a phase, from a release that stands promoted in these stages. */
  record Met(
      String name,
      StagePhase phase,
      String strategy,
      List<String> stages,
      Consumer<ModelWorld> way) {

    static Met of(String name, StagePhase phase, Consumer<ModelWorld> way) {
      return new Met(name, phase, Manifests.canary(), List.of("prod"), way);
    }

    ModelWorld world() {
      ModelWorld world =
          stages.isEmpty()
              ? new ModelWorld()
              : ModelWorld.promoted(strategy, stages.toArray(String[]::new));
      way.accept(world);
      assertThat(world.stage("prod").phase()).isEqualTo(phase);
      world.aws().forgetCalls();
      return world;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Met> everyPhase() {
    return Stream.of(
        new Met(
            "Pending", StagePhase.PENDING, Manifests.canary(), List.of("dev", "prod"), releases(1)),
        Met.of("Deploying", StagePhase.DEPLOYING, releases(0)),
        Met.of("PreTraffic", StagePhase.PRE_TRAFFIC, world -> waits(world, CLOSED)),
        Met.of("AwaitingApproval", StagePhase.AWAITING_APPROVAL, world -> waits(world, APPROVAL)),
        Met.of("Shifting", StagePhase.SHIFTING, releases(1)),
        new Met("Paused", StagePhase.PAUSED, PAUSES, List.of("prod"), releases(1)),
        Met.of("Baking", StagePhase.BAKING, releases(11)),
        Met.of(
            "RollingBack",
            StagePhase.ROLLING_BACK,
            releases(1)
                .andThen(world -> world.aws().interfere(fails("UpdateAlias")))
                .andThen(DeletionInEveryPhaseTest::alarmFires)
                .andThen(world -> world.aws().interfere(Interference.NONE))),
        Met.of(
            "RolledBack",
            StagePhase.ROLLED_BACK,
            releases(1).andThen(DeletionInEveryPhaseTest::alarmFires)),
        Met.of("Rejected", StagePhase.REJECTED, DeletionInEveryPhaseTest::isRejected),
        Met.of(
            "Drift in mid-canary",
            StagePhase.PAUSED,
            releases(1).andThen(DeletionInEveryPhaseTest::drifts)),
        Met.of("Drift at rest", StagePhase.SUCCEEDED, DeletionInEveryPhaseTest::driftsAtRest),
        new Met(
            "Failed first release",
            StagePhase.FAILED,
            Manifests.canary(),
            List.of(),
            DeletionInEveryPhaseTest::firstReleaseFails));
  }

  private static Consumer<ModelWorld> releases(int minutes) {
    return world -> {
      world.cluster().apply(Manifests.function("1.1.0", "hello-2.zip"));
      world.advance(Duration.ofMinutes(minutes));
    };
  }

  private static void waits(ModelWorld world, String gate) {
    world.cluster().apply(Manifests.stage("prod", gate));
    releases(1).accept(world);
  }

  private static void alarmFires(ModelWorld world) {
    world.aws().alarms().set("hello-prod-errors", AlarmSample.State.ALARM);
    world.advance(Duration.ofSeconds(30));
  }

  private static void isRejected(ModelWorld world) {
    waits(world, APPROVAL);
    String release = world.stage("prod").desiredRelease();
    world.cluster().apply(Manifests.action("no", "Reject", "stage: prod\nrelease: " + release));
    world.settle();
  }

  private static void drifts(ModelWorld world) {
    AliasTarget theirs = AliasTarget.split(ONE, TWO, Weight.ofPercent(30));
    world.aws().aliases().move("hello-prod", "live", theirs);
    world.advance(Duration.ofMinutes(5));
    assertThat(world.pause("prod")).isEqualTo("Drift");
  }

  private static void driftsAtRest(ModelWorld world) {
    world.aws().functions().deployedByHand("hello-prod");
    world.aws().aliases().move("hello-prod", "live", AliasTarget.only(TWO));
    world.advance(Duration.ofMinutes(31));
    assertThat(world.pause("prod")).isEqualTo("Drift");
  }

  private static void firstReleaseFails(ModelWorld world) {
    world.cluster().apply(Manifests.function("1.0.0", "hello-1.zip"));
    world.cluster().apply(Manifests.stage("prod"));
    world.aws().alarms().set("hello-prod-errors", AlarmSample.State.OK);
    world.cluster().apply(Manifests.canary());
    world.cluster().apply(Manifests.rollout("prod"));
    world.advance(Duration.ofMinutes(1));
    alarmFires(world);
  }

  private static Interference fails(String calls) {
    return new Interference() {
      @Override
      public @Nullable AwsFailure before(String call) {
        return call.startsWith(calls)
            ? new AwsFailure(AwsFailure.Kind.UNAVAILABLE, call, "connection refused")
            : null;
      }
    };
  }

  private static void delete(ModelWorld world) {
    world.cluster().delete(LambdaRollout.class, "shop", "hello");
    world.settle();
  }

  private static void isGoneAndOnStable(ModelWorld world, List<String> movesBefore) {
    assertThat(world.cluster().stored(LambdaRollout.class, HELLO)).isNull();
    assertThat(world.aws().aliases().names())
        .isNotEmpty()
        .allMatch(name -> AliasTarget.only(ONE).equals(world.aws().aliases().target(name)));
    assertThat(world.aws().aliases().moves().stream().skip(movesBefore.size()))
        .as("straight home")
        .allMatch(move -> move.endsWith(" on version 1"));
    assertThat(world.aws().calls()).noneMatch(call -> call.startsWith("Delete"));
    assertThat(world.aws().functions().owner("hello-prod")).isNotNull();
  }

  @ParameterizedTest
  @MethodSource("everyPhase")
  void whileAwsAnswersItGoesAtOnceWithTheAliasOnStable(Met met) {
    ModelWorld world = met.world();
    List<String> moves = world.aws().aliases().moves();

    delete(world);
    world.advance(Duration.ofSeconds(6));

    isGoneAndOnStable(world, moves);
  }

  @ParameterizedTest
  @MethodSource("everyPhase")
  void whileAwsDoesNotAnswerItWaitsAndThenGoesWithTheAliasOnStable(Met met) {
    ModelWorld world = met.world();
    List<String> moves = world.aws().aliases().moves();
    world.aws().interfere(fails(""));

    delete(world);
    world.advance(Duration.ofMinutes(10));
    world.aws().interfere(Interference.NONE);
    world.advance(Duration.ofSeconds(6));

    isGoneAndOnStable(world, moves);
  }
}
