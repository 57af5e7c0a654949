package dev.lambdarollouts.reliability.faults;

import dev.lambdarollouts.controllers.model.Manifests;
import dev.lambdarollouts.controllers.model.ModelWorld;
import dev.lambdarollouts.crds.rollout.StagePhase;
import dev.lambdarollouts.engine.fact.AlarmSample;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** What people do on the way. */
final class PeoplePlots {
  private static final Duration AWHILE = Duration.ofSeconds(20);

  /** Nearly as long as a finished action is kept. */
  private static final Duration NEARLY_A_WEEK = Duration.ofDays(7).minusMinutes(10);

  private static final Supplier<ModelWorld> OLD_ACTION = Plots.copies(PeoplePlots::oldAction);

  private PeoplePlots() {}

  /** A word that was refused a week ago. */
  private static ModelWorld oldAction() {
    ModelWorld world = Plots.PROMOTED.get();
    Plots.acts("Abort").accept(world);
    world.advance(NEARLY_A_WEEK);
    return world;
  }

  static List<Plot> all() {
    return List.of(
        Plots.plot(
            "promoted by a person",
            Plots.WAITING,
            false,
            Plots.applies(Plots.release(2)),
            new Plot.Scene(Plots::waitsForPromote, AWHILE, Plots.acts("Promote"))),
        Plots.plot(
            "approved by two people",
            Plots.PROMOTED,
            false,
            Plots.applies(Manifests.stage("prod", "approval: {minApprovals: 2, timeout: 24h}")),
            new Plot.Scene(world -> true, AWHILE, world -> world.cluster().apply(Plots.release(2))),
            new Plot.Scene(
                Plots.phase(StagePhase.AWAITING_APPROVAL),
                AWHILE,
                world -> {
                  says(world, "Approve", "alice");
                  says(world, "Approve", "bob");
                })),
        Plots.plot(
            "promoted fully",
            Plots.WAITING,
            false,
            Plots.applies(Plots.release(2)),
            new Plot.Scene(Plots::waitsForPromote, AWHILE, Plots.acts("PromoteFully"))),
        Plots.plot(
            "retry",
            Plots.PROMOTED,
            true,
            Plots.applies(Plots.release(2)),
            Plots.onTen(Plots::alarm),
            new Plot.Scene(
                Plots.phase(StagePhase.ROLLED_BACK),
                AWHILE,
                world -> world.aws().alarms().set("hello-prod-errors", AlarmSample.State.OK)),
            new Plot.Scene(world -> true, AWHILE, Plots.acts("Retry"))),
        Plots.plot(
            "stage taken off the list",
            Plots.TWO,
            true,
            Plots.applies(Plots.release(2)),
            Plots.onTen(world -> world.cluster().apply(Manifests.rollout("dev")))),
        Plots.plot(
            "rejected by a person",
            Plots.PROMOTED,
            false,
            Plots.applies(Manifests.stage("prod", "approval: {minApprovals: 1, timeout: 24h}")),
            new Plot.Scene(world -> true, AWHILE, world -> world.cluster().apply(Plots.release(2))),
            new Plot.Scene(
                Plots.phase(StagePhase.AWAITING_APPROVAL),
                AWHILE,
                world -> says(world, "Reject", "bob"))),
        Plots.plot(
            "held and let go by a person",
            Plots.PROMOTED,
            false,
            Plots.applies(Plots.release(2)),
            Plots.onTen(Plots.acts("Pause")),
            new Plot.Scene(
                PeoplePlots::isHeld,
                AWHILE,
                world -> world.cluster().apply(Manifests.action("further", "Resume", "")))),
        Plots.plot(
            "a word of a week ago goes",
            OLD_ACTION,
            false,
            new Plot.Scene(PeoplePlots::nothingIsSaid, AWHILE, world -> {})));
  }

  private static boolean isHeld(ModelWorld world) {
    return Standings.of(world).stream()
        .anyMatch(stage -> stage.pause() != null && stage.pause().reason().equals("ActionPause"));
  }

  private static boolean nothingIsSaid(ModelWorld world) {
    return world.cluster().actions(Standings.HELLO).isEmpty();
  }

  private static void says(ModelWorld world, String verb, String who) {
    String release = Standings.of(world).getFirst().desiredRelease();
    world.cluster().apply(Manifests.actionBy(who, who, verb, "stage: prod\nrelease: " + release));
  }
}
