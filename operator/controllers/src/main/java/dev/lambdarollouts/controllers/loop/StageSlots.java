package dev.lambdarollouts.controllers.loop;

import dev.lambdarollouts.controllers.cluster.ClusterView;
import dev.lambdarollouts.controllers.cluster.ObjectKey;
import dev.lambdarollouts.controllers.translate.ProgressTranslation;
import dev.lambdarollouts.controllers.translate.Recorded;
import dev.lambdarollouts.controllers.translate.RolloutReferences;
import dev.lambdarollouts.crds.rollout.LambdaRollout;
import dev.lambdarollouts.engine.progress.Progress;
import dev.lambdarollouts.engine.progress.StagePhase;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Which rollouts move traffic in a LambdaStage, and which wait for one of them to end: what {@code
 * maxConcurrentRollouts} counts. A slot is taken here before the first shift is recorded, and is
 * free once another status is. After a start it is asked of the API server, not of a cache, who has
 * one: two rollouts never both take the last.
 */
public final class StageSlots {
  private final Map<ObjectKey, Map<ObjectKey, Use>> byStage = new HashMap<>();
  private final Consumer<ObjectKey> changed;

  /**
   * What a rollout makes of a stage.
   *
   * @param waitingSince when its attempt began, where only a slot is missing
   */
  private record Use(boolean active, @Nullable Instant waitingSince) {}

  /**
   * @param changed told the LambdaStage in which another number of rollouts is active; called from
   *     any thread
   */
  public StageSlots(Consumer<ObjectKey> changed) {
    this.changed = changed;
  }

  /** True from the first traffic to the end of bake or rollback. */
  static boolean isActive(Progress progress) {
    return progress.mayHaveTraffic() || progress.phase() == StagePhase.ROLLING_BACK;
  }

  /** Learns of every rollout that names the stage and that no pass has told of yet. */
  void learn(ObjectKey stage, ClusterView cluster) {
    for (LambdaRollout rollout : cluster.rollouts()) {
      ObjectKey key = ObjectKey.of(rollout);
      if (!names(rollout, stage) || knows(stage, key)) {
        continue;
      }
      LambdaRollout newest = cluster.fetch(key);
      if (newest != null) {
        Use use = new Use(isActive(ProgressTranslation.progressOf(newest, stage.name())), null);
        synchronized (this) {
          uses(stage).putIfAbsent(key, use);
        }
      }
    }
  }

  /** What cannot be read may have traffic. */
  static boolean isActive(Recorded recorded) {
    return switch (recorded) {
      case Recorded.Readable(Progress progress) -> isActive(progress);
      case Recorded.Unreadable unreadable -> true;
    };
  }

  /** Whether there would be room for the rollout, those before it in the queue first. */
  synchronized boolean isFree(ObjectKey stage, ObjectKey rollout, int limit) {
    Map<ObjectKey, Use> uses = uses(stage);
    Use own = uses.get(rollout);
    if (own != null && own.active()) {
      return true;
    }
    long room = limit - uses.values().stream().filter(Use::active).count();
    List<ObjectKey> queue = queue(uses);
    int place = queue.contains(rollout) ? queue.indexOf(rollout) : queue.size();
    return place < room;
  }

  /** Takes one for the rollout, if there is room. */
  boolean take(ObjectKey stage, ObjectKey rollout, int limit) {
    synchronized (this) {
      if (!isFree(stage, rollout, limit)) {
        return false;
      }
      Use before = uses(stage).put(rollout, new Use(true, null));
      if (before != null && before.active()) {
        return true;
      }
    }
    changed.accept(stage);
    return true;
  }

  /**
   * As it stands recorded after a pass.
   *
   * @param waiting since when it waits for nothing but a slot; absent when it does not
   * @return those in the queue, first of all, if one of them may go on now
   */
  Collection<ObjectKey> stands(
      ObjectKey stage, ObjectKey rollout, boolean active, @Nullable Instant waiting) {
    Use now = new Use(active, waiting);
    Use before;
    List<ObjectKey> queue;
    synchronized (this) {
      before = uses(stage).put(rollout, now);
      queue = queue(uses(stage));
    }
    boolean wasActive = before != null && before.active();
    if (before == null || wasActive != active) {
      changed.accept(stage);
    }
    boolean freed =
        before != null
            && ((wasActive && !active) || (before.waitingSince() != null && waiting == null));
    return freed ? queue.stream().filter(one -> !one.equals(rollout)).toList() : List.of();
  }

  /** The rollout has nothing to do any more with any stage but these; those that wait are woken. */
  Collection<ObjectKey> leaves(ObjectKey rollout, Set<ObjectKey> but) {
    Set<ObjectKey> queue = new HashSet<>();
    Set<ObjectKey> left = new HashSet<>();
    synchronized (this) {
      byStage.forEach(
          (stage, uses) -> {
            if (!but.contains(stage) && uses.remove(rollout) != null) {
              left.add(stage);
              queue.addAll(queue(uses));
            }
          });
      byStage.values().removeIf(Map::isEmpty);
    }
    left.forEach(changed);
    return queue;
  }

  /**
   * How many are active.
   *
   * @param rollouts all that name the stage
   * @return empty while one of them was not looked at since the start
   */
  public synchronized OptionalInt active(ObjectKey stage, Collection<ObjectKey> rollouts) {
    Map<ObjectKey, Use> uses = byStage.getOrDefault(stage, Map.of());
    return uses.keySet().containsAll(rollouts)
        ? OptionalInt.of((int) uses.values().stream().filter(Use::active).count())
        : OptionalInt.empty();
  }

  private synchronized boolean knows(ObjectKey stage, ObjectKey rollout) {
    return uses(stage).containsKey(rollout);
  }

  private Map<ObjectKey, Use> uses(ObjectKey stage) {
    return byStage.computeIfAbsent(stage, name -> new HashMap<>());
  }

  private static boolean names(LambdaRollout rollout, ObjectKey stage) {
    return Objects.equals(rollout.getMetadata().getNamespace(), stage.namespace())
        && (RolloutReferences.recordedStages(rollout).contains(stage.name())
            || RolloutReferences.of(rollout).stages().stream()
                .anyMatch(one -> stage.name().equals(one.stage())));
  }

  /** Oldest first; of the same age by name. */
  private static List<ObjectKey> queue(Map<ObjectKey, Use> uses) {
    return uses.entrySet().stream()
        .filter(use -> use.getValue().waitingSince() != null)
        .sorted(
            Comparator.comparing(
                    (Map.Entry<ObjectKey, Use> use) ->
                        Objects.requireNonNull(use.getValue().waitingSince()))
                .thenComparing(use -> use.getKey().toString()))
        .map(Map.Entry::getKey)
        .toList();
  }
}
