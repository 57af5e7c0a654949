package dev.lambdarollouts.app.cluster;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaderElectionRecord;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
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
  private final String namespace;
  private final String name;
  private long attemptNanos = System.nanoTime();
  private volatile long renewedNanos = attemptNanos;
  private volatile boolean leftAlone;

  /**
   * @param holder names this process
   */
  RenewalLock(String namespace, String name, String holder) {
    this.lock = new LeaseLock(namespace, name, holder);
    this.namespace = namespace;
    this.name = name;
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
    if (leaderElectionRecord.getHolderIdentity() == null) {
      giveBack(client);
    } else {
      lock.update(client, leaderElectionRecord);
      renewedNanos = attemptNanos;
    }
  }

  /**
   * fabric8's lock would leave the holder standing, since its merge patch drops what is null, and
   * others would wait for the Lease to expire. Fenced by the holder: never another's is given away.
   */
  private void giveBack(KubernetesClient client) {
    ArrayNode patch = JsonNodeFactory.instance.arrayNode();
    patch
        .addObject()
        .put("op", "test")
        .put("path", "/spec/holderIdentity")
        .put("value", lock.identity());
    patch.addObject().put("op", "remove").put("path", "/spec/holderIdentity");
    client
        .leases()
        .inNamespace(namespace)
        .withName(name)
        .patch(PatchContext.of(PatchType.JSON), patch.toString());
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
