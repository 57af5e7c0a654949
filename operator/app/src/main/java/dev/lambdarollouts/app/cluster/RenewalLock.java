package dev.lambdarollouts.app.cluster;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaderElectionRecord;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.Lock;
import java.net.HttpURLConnection;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A lock that remembers when it was last renewed, counted from before the calls that did it, and
 * that can be left alone: then the elector finds nothing to renew or release, and it expires.
 */
final class RenewalLock implements Lock {

  private final Lock lock;
  private long attemptNanos = System.nanoTime();
  private volatile long renewedNanos = attemptNanos;
  private volatile boolean leftAlone;

  RenewalLock(Lock lock) {
    this.lock = lock;
  }

  /** How long ago the last renewal that succeeded began. */
  Duration sinceRenewal() {
    return Duration.ofNanos(System.nanoTime() - renewedNanos);
  }

  /** From now on it is neither renewed nor released. */
  void leaveAlone() {
    leftAlone = true;
  }

  // The elector calls the lock under a monitor of its own, so attemptNanos has one writer at a
  // time.
  @Override
  public @Nullable LeaderElectionRecord get(KubernetesClient client) {
    attemptNanos = System.nanoTime();
    return leftAlone ? null : lock.get(client);
  }

  @Override
  public void create(KubernetesClient client, LeaderElectionRecord leaderElectionRecord) {
    refuseWhenLeftAlone();
    lock.create(client, leaderElectionRecord);
    renewedNanos = attemptNanos;
  }

  @Override
  public void update(KubernetesClient client, LeaderElectionRecord leaderElectionRecord) {
    refuseWhenLeftAlone();
    lock.update(client, leaderElectionRecord);
    renewedNanos = attemptNanos;
  }

  @Override
  public String identity() {
    return lock.identity();
  }

  @Override
  public String describe() {
    return lock.describe();
  }

  private void refuseWhenLeftAlone() {
    if (leftAlone) {
      throw new KubernetesClientException(
          "the Lease is left alone", HttpURLConnection.HTTP_CONFLICT, null);
    }
  }
}
