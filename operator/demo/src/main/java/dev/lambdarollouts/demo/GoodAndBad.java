package dev.lambdarollouts.demo;

import dev.lambdarollouts.crds.rollout.LambdaRolloutStatus;
import dev.lambdarollouts.crds.rollout.StageStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** One stage: a good release that reaches 100 %, a bad one that is caught. */
final class GoodAndBad implements Story {
  /** Real time for one release; the longest takes 16 minutes of the demo's time, half a minute. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final DemoWorld world;
  private final Screen screen;
  private final RolloutTold rollout;

  GoodAndBad(DemoWorld world, Screen screen, RolloutTold rollout) {
    this.world = world;
    this.screen = screen;
    this.rollout = rollout;
  }

  @Override
  public boolean tell(Runnable asTold) throws InterruptedException {
    screen.line(
        "1. A first release, 1.0.0: there is nothing to compare it with, so it takes all traffic.");
    world.apply(world.hello("rollout.yaml"));
    world.apply(world.hello("release-1.0.0.yaml"));
    if (!reaches("1.0.0")) {
      return false;
    }
    try (LiveTraffic traffic = new LiveTraffic(world, screen)) {
      screen.line("\n2. A good release, 1.1.0: 10 %, 50 %, 100 %, five minutes each.");
      world.apply(world.hello("release-1.1.0.yaml"));
      boolean good = reaches("1.1.0");
      screen.line(traffic.bar());
      screen.line("\n3. A bad release, 1.2.0: it fails more, the more it is called.");
      world.apply(world.hello("release-1.2.0-bad.yaml"));
      boolean caught = good && rollsBack("2");
      screen.line(traffic.bar());
      screen.line("   " + traffic.totals() + " in all.");
      if (caught) {
        asTold.run();
      }
      return caught;
    }
  }

  private boolean reaches(String releaseName) throws InterruptedException {
    Optional<LambdaRolloutStatus> done =
        rollout.await(
            status ->
                "Healthy".equals(String.valueOf(status.phase()))
                    && stage(status)
                        .filter(one -> releaseName.equals(one.releaseName()))
                        .isPresent(),
            PATIENCE);
    if (done.isEmpty()) {
      screen.line("   " + releaseName + " did not reach 100 % in time.");
    }
    return done.isPresent();
  }

  private boolean rollsBack(String stableVersion) throws InterruptedException {
    Optional<LambdaRolloutStatus> done =
        rollout.await(
            status ->
                stage(status)
                    .filter(one -> "RolledBack".equals(String.valueOf(one.phase())))
                    .isPresent(),
            PATIENCE);
    var alias = world.aws().alias(DemoWorld.FUNCTION, DemoWorld.ALIAS);
    boolean restored =
        done.isPresent()
            && alias.path("FunctionVersion").asText().equals(stableVersion)
            && alias.path("RoutingConfig").isMissingNode();
    if (!restored) {
      screen.line("   the bad release was not rolled back in time.");
      return false;
    }
    Instant fired = world.aws().lastTransition(DemoWorld.FUNCTION + "-errors");
    Instant back = lastUpdateAlias();
    screen.line(
        "   From alarm to restored alias: %.1f s (the alarm is polled every 5 s)."
            .formatted(Duration.between(fired, back).toMillis() / 1_000.0));
    return true;
  }

  /** As the simulator saw it: the last call that changed the alias. */
  private Instant lastUpdateAlias() {
    return world.simulator().calls().of("lambda", "UpdateAlias").stream()
        .map(call -> call.attempt().at())
        .max(Instant::compareTo)
        .orElseThrow();
  }

  private static Optional<StageStatus> stage(LambdaRolloutStatus status) {
    return status.stages().stream().findFirst();
  }
}
