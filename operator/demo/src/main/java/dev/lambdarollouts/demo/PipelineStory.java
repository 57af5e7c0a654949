package dev.lambdarollouts.demo;

import dev.lambdarollouts.crds.action.ActionVerb;
import dev.lambdarollouts.crds.rollout.LambdaRolloutStatus;
import dev.lambdarollouts.crds.rollout.StageStatus;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Three stages in two accounts: a release walks from dev through sit to prod, waits there for its
 * window and for two people; another one is aborted, tried again, and at last taken back.
 */
final class PipelineStory implements Story {
  /** Real time for the way to the next thing that a person does; the longest takes ten minutes. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final String PROD = "prod";

  private final DemoWorld world;
  private final Screen screen;
  private final RolloutTold rollout;
  private final People people;

  PipelineStory(DemoWorld world, Screen screen, RolloutTold rollout, People people) {
    this.world = world;
    this.screen = screen;
    this.rollout = rollout;
    this.people = people;
  }

  @Override
  public boolean tell(Runnable asTold) throws InterruptedException {
    screen.line(
        "1. Release 1.0.0 walks from dev through sit to prod, which opens at 9 and asks for two"
            + " people.");
    world.apply(world.hello("pipeline/approvers.yaml"));
    world.apply(world.hello("pipeline/stages.yaml"));
    world.apply(world.hello("pipeline/rollout.yaml"));
    world.apply(world.hello("pipeline/release-1.0.0.yaml"));
    if (!(prodAwaitsApproval("1.0.0") && twoApprove() && isEverywhere("1.0.0"))) {
      return false;
    }
    try (LiveTraffic traffic = new LiveTraffic(world, screen)) {
      boolean told = second() && third();
      screen.line(traffic.bar());
      screen.line(whoApproved());
      if (told) {
        asTold.run();
      }
      return told;
    }
  }

  private boolean second() throws InterruptedException {
    screen.line(
        "\n2. Release 1.1.0 is aborted in mid-canary, and tried again after a second look.");
    world.apply(world.hello("pipeline/release-1.1.0.yaml"));
    return prodAwaitsApproval("1.1.0")
        && twoApprove()
        && prod("1.1.0 gets 10 %", stage -> "10%".equals(stage.weight()))
        && people.ask("bob", ActionVerb.ABORT, "\"stage\": \"prod\",", "the new greeting looks odd")
        && prod("1.1.0 is taken back", stage -> isIn(stage, "RolledBack"))
        && people.ask("alice", ActionVerb.RETRY, "\"stage\": \"prod\",", "it is meant to be odd")
        && prodAwaitsApproval("1.1.0")
        && twoApprove()
        && isEverywhere("1.1.0");
  }

  private boolean third() throws InterruptedException {
    screen.line("\n3. Second thoughts: back to version 1, with one call.");
    return people.ask(
            "alice",
            ActionVerb.ROLL_BACK,
            "\"stage\": \"prod\", \"toVersion\": \"1\",",
            "customers complain")
        && prod(
            "prod stands on version 1",
            stage -> isIn(stage, "RolledBack") && "1".equals(stage.stableVersion()));
  }

  /** One person twice is one person. */
  private boolean twoApprove() throws InterruptedException {
    String release =
        stage(rollout.await(status -> true, PATIENCE)).map(StageStatus::desiredRelease).orElse("");
    String about = "\"stage\": \"prod\", \"release\": \"" + release + "\",";
    return people.ask("alice", ActionVerb.APPROVE, about, "sit looks good")
        && !people.ask("alice", ActionVerb.APPROVE, about, "sit still looks good")
        && people.ask("bob", ActionVerb.APPROVE, about, "so say I");
  }

  private boolean prodAwaitsApproval(String releaseName) throws InterruptedException {
    return prod(
        releaseName + " waits for approval in prod",
        stage -> isIn(stage, "AwaitingApproval") && releaseName.equals(stage.releaseName()));
  }

  private boolean isEverywhere(String releaseName) throws InterruptedException {
    return reached(
        releaseName + " is everywhere",
        status ->
            "Healthy".equals(String.valueOf(status.phase()))
                && stage(Optional.of(status))
                    .filter(stage -> releaseName.equals(stage.releaseName()))
                    .isPresent());
  }

  private boolean prod(String what, Predicate<StageStatus> condition) throws InterruptedException {
    return reached(what, status -> stage(Optional.of(status)).filter(condition).isPresent());
  }

  private boolean reached(String what, Predicate<LambdaRolloutStatus> condition)
      throws InterruptedException {
    boolean reached = rollout.await(condition, PATIENCE).isPresent();
    if (!reached) {
      screen.line("   not in time: " + what);
    }
    return reached;
  }

  private String whoApproved() throws InterruptedException {
    return stage(rollout.await(status -> true, PATIENCE))
        .map(
            stage ->
                stage.history().reversed().stream()
                    .map(entry -> HistoryTold.of(PROD, entry))
                    .collect(Collectors.joining("\n", "\nAs the status keeps it:\n", "")))
        .orElse("");
  }

  private static boolean isIn(StageStatus stage, String phase) {
    return phase.equals(String.valueOf(stage.phase()));
  }

  private static Optional<StageStatus> stage(Optional<LambdaRolloutStatus> status) {
    return status.flatMap(
        one -> one.stages().stream().filter(stage -> stage.name().equals(PROD)).findFirst());
  }
}
