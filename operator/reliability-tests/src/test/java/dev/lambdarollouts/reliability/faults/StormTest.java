package dev.lambdarollouts.reliability.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.controllers.model.AliasWitness;
import dev.lambdarollouts.controllers.model.Manifests;
import dev.lambdarollouts.controllers.model.ModelAlarms;
import dev.lambdarollouts.controllers.model.ModelWorld;
import dev.lambdarollouts.crds.rollout.RolloutPhase;
import dev.lambdarollouts.crds.rollout.StagePhase;
import dev.lambdarollouts.engine.fact.AlarmSample;
import dev.lambdarollouts.engine.fact.AliasTarget;
import dev.lambdarollouts.engine.fact.VersionNumber;
import dev.lambdarollouts.engine.plan.Weight;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Two hundred rollouts under one alarm, and AWS' quotas on: 15 Lambda calls a second. */
class StormTest {
  private static final List<String> NAMES =
      IntStream.rangeClosed(1, 200).mapToObj("h%03d"::formatted).toList();

  private static final String STRATEGY =
      Manifests.strategy(
          """
          canary:
            steps:
              - setWeight: 10
              - pause: {duration: 20m}
              - setWeight: 50
              - pause: {duration: 2m}
          alarms: [{name: "all-errors"}]
          bakeTime: 1m
          """);

  /** Writes down every weight that grows after a moment. */
  private static final class Growth implements AliasWitness {
    private final ModelWorld world;
    private final List<String> grown = new ArrayList<>();
    private @Nullable Instant from;

    Growth(ModelWorld world) {
      this.world = world;
    }

    @Override
    public void asked(
        String alias,
        @Nullable AliasTarget before,
        AliasTarget after,
        @Nullable String revisionId,
        boolean effective) {
      boolean counts = from != null && !world.time().truly().isBefore(from);
      if (counts && effective && before != null && !candidate(after).isNone()) {
        if (candidate(after).compareTo(candidate(before)) > 0) {
          grown.add(alias + " to " + after);
        }
      }
    }
  }

  private final ModelWorld world = new ModelWorld();
  private final Growth growth = new Growth(world);

  @Test
  void noneIsLostAndNoWeightGrowsAfterTheAlarm() {
    everythingIsPromoted();
    world.aws().quotas();
    world.aws().aliases().witness(growth);
    NAMES.forEach(name -> world.cluster().apply(function(name, 2)));
    assertThat(world.advanceUntil(() -> onCandidate() >= 100, Duration.ofMinutes(30)))
        .as("half of them have traffic on their candidate")
        .isTrue();

    int moved = onCandidate();
    Instant fired = world.time().truly();
    world.aws().alarms().set("all-errors", AlarmSample.State.ALARM);
    growth.from = fired.plus(ModelAlarms.POLLS);
    boolean back = world.advanceUntil(() -> onCandidate() == 0, Duration.ofMinutes(10));
    Duration took = Duration.between(fired, world.time().truly());
    System.out.println(
        "Storm: "
            + moved
            + " of "
            + NAMES.size()
            + " rollouts had traffic on their candidate; all back "
            + took.toSeconds()
            + " s of simulated time after the alarm");

    assertThat(back).as("every candidate lost its traffic").isTrue();
    assertThat(took).isLessThan(Duration.ofMinutes(2));
    world.advance(Duration.ofMinutes(10));
    assertThat(growth.grown).isEmpty();
    assertThat(phases().keySet())
        .as("those before traffic are blocked, or deploy, the others are rolled back")
        .isSubsetOf(StagePhase.ROLLED_BACK, StagePhase.PAUSED, StagePhase.DEPLOYING);

    growth.from = null;
    world.aws().alarms().set("all-errors", AlarmSample.State.OK);
    world.advance(Duration.ofMinutes(60));
    Map<StagePhase, Long> ends = phases();
    assertThat(ends.keySet())
        .containsExactlyInAnyOrder(StagePhase.ROLLED_BACK, StagePhase.SUCCEEDED);
    assertThat(ends.get(StagePhase.ROLLED_BACK)).isGreaterThanOrEqualTo(moved);
    assertThat(ends.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(NAMES.size());
  }

  private void everythingIsPromoted() {
    world.aws().alarms().set("all-errors", AlarmSample.State.OK);
    world.cluster().apply(Manifests.stage("prod"));
    world.cluster().apply(STRATEGY);
    for (String name : NAMES) {
      world.cluster().apply(function(name, 1));
      world
          .cluster()
          .apply(
              Manifests.rollout(name, "", List.of("prod"))
                  .replace("functionRef: {name: hello}", "functionRef: {name: " + name + "}"));
    }
    world.advance(Duration.ofMinutes(30));
    assertThat(NAMES)
        .allSatisfy(name -> assertThat(world.status(name).phase()).isEqualTo(RolloutPhase.HEALTHY));
  }

  private static String function(String name, int release) {
    return Plots.release(release).replace("{name: hello,", "{name: " + name + ",");
  }

  private int onCandidate() {
    return (int)
        NAMES.stream()
            .map(name -> world.aws().aliases().target(name + "-prod:live"))
            .filter(target -> target != null && !candidate(target).isNone())
            .count();
  }

  /** What version 2 has of the traffic. */
  private static Weight candidate(AliasTarget target) {
    return target.weightOf(new VersionNumber("2"));
  }

  private Map<StagePhase, Long> phases() {
    return NAMES.stream()
        .map(name -> world.status(name).stages().getFirst().phase())
        .collect(Collectors.groupingBy(phase -> phase, Collectors.counting()));
  }
}
