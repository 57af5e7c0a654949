package dev.lambdarollouts.controllers.loop;

import dev.lambdarollouts.controllers.cluster.ClusterView;
import dev.lambdarollouts.controllers.cluster.ObjectKey;
import dev.lambdarollouts.controllers.observe.DriftSchedule;
import dev.lambdarollouts.controllers.observe.StageSight;
import dev.lambdarollouts.crds.rollout.LambdaRollout;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What this process remembers of one rollout between two passes. Its status is taken from the API
 * server at first sight and after a conflict, and from the reply to each write: a cache that is
 * behind never decides.
 */
final class RolloutMemory {
  private final String uid;
  private final Map<String, StageSight> sights = new HashMap<>();
  private final Set<String> letGo = new HashSet<>();
  private Map<String, RefusedAction> refused = Map.of();
  private @Nullable LambdaRollout known;

  RolloutMemory(String uid) {
    this.uid = uid;
  }

  boolean isOf(LambdaRollout rollout) {
    return uid.equals(rollout.getMetadata().getUid());
  }

  /**
   * The newest state of the rollout that can be had.
   *
   * @return absent when it is gone
   */
  @Nullable LambdaRollout newest(LambdaRollout cached, ClusterView cluster) {
    LambdaRollout own = known;
    if (own == null) {
      own = cluster.fetch(ObjectKey.of(cached));
      if (own == null || !isOf(own)) {
        return null;
      }
    }
    known = version(cached) > version(own) ? cached : own;
    return known;
  }

  /** The API server's reply to our own write. */
  void written(LambdaRollout now) {
    known = now;
  }

  /** Somebody wrote in between: what is known is not to be trusted. */
  void distrust() {
    known = null;
  }

  /**
   * By uid, actions that were refused and that the cache still shows as open: never judged again.
   */
  Map<String, RefusedAction> refused() {
    return refused;
  }

  /** These, and no others. */
  void refused(Map<String, RefusedAction> stillOpen) {
    refused = Map.copyOf(stillOpen);
  }

  /** Names a stage of this rollout to the alarm watcher. */
  String watcher(String stage) {
    return uid + "/" + stage;
  }

  /** What is known of a stage in AWS. */
  StageSight sight(String stage, Duration driftCheckInterval, Instant at) {
    return sights.computeIfAbsent(
        stage, name -> new StageSight(new DriftSchedule(driftCheckInterval, watcher(name)), at));
  }

  Map<String, StageSight> sights() {
    return Map.copyOf(sights);
  }

  /** A stage that was taken off the list has nothing left in AWS: its entry may go. */
  void letGo(String stage) {
    letGo.add(stage);
  }

  /** True when a stage has nothing left to do and has not come back on the list. */
  boolean hasLetGo(StageReading stage) {
    if (!stage.takenOffTheList()) {
      letGo.remove(stage.name());
    }
    return letGo.contains(stage.name());
  }

  /** The stage stands in neither spec nor status. */
  @Nullable StageSight forget(String stage) {
    letGo.remove(stage);
    return sights.remove(stage);
  }

  /** Resource versions are numbers that grow (Kubernetes 1.35 says so; etcd always did). */
  private static long version(LambdaRollout rollout) {
    return Long.parseUnsignedLong(
        Objects.requireNonNullElse(rollout.getMetadata().getResourceVersion(), "0"));
  }
}
