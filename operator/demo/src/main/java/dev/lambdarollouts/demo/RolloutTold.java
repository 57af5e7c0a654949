package dev.lambdarollouts.demo;

import dev.lambdarollouts.crds.rollout.LambdaRollout;
import dev.lambdarollouts.crds.rollout.LambdaRolloutStatus;
import dev.lambdarollouts.crds.rollout.StageStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * Tells each transition of the rollout as the cluster shows it to anybody: a line when the phase,
 * the weight or the release of its stage changed. Knows nothing that {@code kubectl get lro -w}
 * would not show.
 */
final class RolloutTold implements AutoCloseable, Watcher<LambdaRollout> {
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Screen screen;
  private final InstantSource time;
  private final Watch watch;
  private Optional<LambdaRolloutStatus> newest = Optional.empty();
  private String told = "";

  RolloutTold(KubernetesClient client, Screen screen, InstantSource time) {
    this.screen = screen;
    this.time = time;
    this.watch = client.resources(LambdaRollout.class).inNamespace(DemoWorld.NAMESPACE).watch(this);
  }

  @Override
  public void eventReceived(Action action, LambdaRollout rollout) {
    if (rollout.getStatus() == null) {
      return;
    }
    rollout.getStatus().valid().ifPresent(this::tell);
  }

  private void tell(LambdaRolloutStatus status) {
    lock.lock();
    try {
      newest = Optional.of(status);
      String key =
          status.phase() + status.stages().stream().map(RolloutTold::key).toList().toString();
      if (!key.equals(told) && status.message() != null) {
        told = key;
        screen.line(
            "%s  %-16s %s"
                .formatted(CLOCK.format(time.instant()), phase(status), status.message()));
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Of the stage that the status is about. */
  private static String phase(LambdaRolloutStatus status) {
    return status.stages().stream()
        .filter(stage -> stage.name().equals(status.stage()))
        .findFirst()
        .map(stage -> stage.phase().toString())
        .orElse("");
  }

  /** What happens beside the rollout: a line among its own. */
  void tell(String who, String what) {
    screen.line("%s  %-16s %s".formatted(CLOCK.format(time.instant()), who, what));
  }

  private static String key(StageStatus stage) {
    return stage.phase()
        + "/"
        + stage.weight()
        + "/"
        + stage.release()
        + "/"
        + stage.canaryVersion();
  }

  /**
   * Waits until the rollout's status is as told.
   *
   * @param atMost real time
   * @return the status, absent when time ran out
   */
  Optional<LambdaRolloutStatus> await(Predicate<LambdaRolloutStatus> condition, Duration atMost)
      throws InterruptedException {
    lock.lock();
    try {
      long left = atMost.toNanos();
      while (newest.filter(condition).isEmpty()) {
        if (left <= 0) {
          return Optional.empty();
        }
        left = changed.awaitNanos(left);
      }
      return newest;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void onClose(WatcherException cause) {
    screen.line("The watch on the rollout broke off: " + cause.getMessage());
  }

  @Override
  public void close() {
    watch.close();
  }
}
