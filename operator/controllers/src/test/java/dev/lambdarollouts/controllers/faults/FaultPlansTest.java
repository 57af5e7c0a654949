package dev.lambdarollouts.controllers.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.controllers.cluster.ObjectKey;
import dev.lambdarollouts.controllers.model.Interference;
import dev.lambdarollouts.controllers.model.ModelWorld;
import dev.lambdarollouts.crds.rollout.HistoryEntry;
import dev.lambdarollouts.crds.rollout.LambdaRollout;
import dev.lambdarollouts.crds.rollout.LambdaRolloutStatus;
import dev.lambdarollouts.crds.rollout.RejectedRelease;
import dev.lambdarollouts.crds.rollout.StageStatus;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The process dies at every call that it makes to the cluster or to AWS, before the call's effect
 * and after it, and starts again from what stands there: the story ends the same.
 */
class CrashPointsTest {
  /** Where a decision on what a cache still says would move traffic. */
  private static final Set<String> BEHIND = Set.of("canary", "rollback by alarm", "abort");

  /** How a story ended, times left out. */
  private record Ending(
      List<String> stages,
      @Nullable String message,
      List<String> moves,
      String description,
      List<String> devVersions,
      List<String> prodVersions,
      boolean ownsProd,
      boolean gone) {

    static Ending of(ModelWorld world) {
      LambdaRollout rollout =
          world.cluster().stored(LambdaRollout.class, new ObjectKey("shop", "hello"));
      LambdaRolloutStatus status =
          rollout == null ? null : rollout.status().orElseThrow().valid().orElseThrow();
      return new Ending(
          status == null ? List.of() : status.stages().stream().map(Ending::text).toList(),
          status == null ? null : status.message(),
          world.aws().aliases().moves(),
          world.aws().aliases().description("hello-prod", "live"),
          world.aws().functions().versions("hello-dev"),
          world.aws().functions().versions("hello-prod"),
          world.aws().functions().owner("hello-prod") != null,
          rollout == null);
    }

    private static String text(StageStatus stage) {
      return String.join(
          " ",
          stage.name(),
          stage.phase().toString(),
          "attempt " + stage.attempt(),
          "stable " + stage.stableVersion() + " " + stage.stableRelease(),
          "weight " + stage.weight(),
          "rejected " + stage.rejectedReleases().stream().map(RejectedRelease::release).toList(),
          "history " + stage.history().stream().map(Ending::text).toList());
    }

    private static String text(HistoryEntry entry) {
      return entry.version() + " " + entry.outcome() + " " + entry.by();
    }
  }

  @TestFactory
  List<DynamicTest> theStoryEndsTheSameWhereverTheProcessDies() {
    return Plot.all().stream()
        .map(plot -> DynamicTest.dynamicTest(plot.name(), () -> everyCrash(plot, false)))
        .toList();
  }

  @TestFactory
  List<DynamicTest> alsoWhereTheCacheIsBehindAfterTheRestart() {
    return Plot.all().stream()
        .filter(plot -> BEHIND.contains(plot.name()))
        .map(plot -> DynamicTest.dynamicTest(plot.name(), () -> everyCrash(plot, true)))
        .toList();
  }

  private static void everyCrash(Plot plot, boolean staleCache) {
    Crash never = new Crash(0, false);
    Ending expected = tell(plot, never, false);
    assertThat(never.calls()).as("calls of %s", plot).isGreaterThan(10);
    for (int at = 1; at <= never.calls(); at++) {
      for (boolean afterEffect : new boolean[] {false, true}) {
        Crash crash = new Crash(at, afterEffect);
        Ending ending = tell(plot, crash, staleCache);
        assertThat(ending).as("%s, dead at %s", plot, crash.where()).isEqualTo(expected);
      }
    }
  }

  /** Tells a story, the process dying once. */
  private static Ending tell(Plot plot, Crash crash, boolean staleCache) {
    ModelWorld world = plot.opening().get();
    world.aws().interfere(crash);
    world.cluster().interfere(crash);
    for (Plot.Scene scene : plot.scenes()) {
      Instant until = world.time().instant().plus(scene.then());
      scene.happening().accept(world);
      if (staleCache) {
        world.cluster().holdRollouts();
      }
      untilItDies(world, until);
      world.cluster().releaseCaches();
    }
    world.aws().interfere(Interference.NONE);
    return Ending.of(world);
  }

  private static void untilItDies(ModelWorld world, Instant until) {
    try {
      world.advanceTo(until);
    } catch (DiesAt.Death death) {
      world.restart();
      world.advanceTo(until);
    }
  }
}
