package dev.lambdarollouts.controllers.loop;

import dev.lambdarollouts.controllers.cluster.ObjectKey;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How each rollout stands on its function's generation, as of its last pass: what the condition
 * Promoted of a LambdaFunction is made of.
 */
public final class Promotions {
  private final Map<ObjectKey, Stand> stands = new ConcurrentHashMap<>();
  private final Consumer<ObjectKey> changed;

  /**
   * One rollout's stand.
   *
   * @param generation of the function that was looked at
   * @param promoted every stage stands on that generation's release
   */
  private record Stand(ObjectKey function, @Nullable Long generation, boolean promoted) {}

  /**
   * @param changed told the function of which something changed; called from any thread
   */
  public Promotions(Consumer<ObjectKey> changed) {
    this.changed = changed;
  }

  /** A pass over a rollout looked at this generation of its function. */
  public void note(
      ObjectKey rollout, ObjectKey function, @Nullable Long generation, boolean promoted) {
    Stand now = new Stand(function, generation, promoted);
    if (!now.equals(stands.put(rollout, now))) {
      changed.accept(function);
    }
  }

  /** The rollout is gone. */
  public void forget(ObjectKey rollout) {
    Stand before = stands.remove(rollout);
    if (before != null) {
      changed.accept(before.function);
    }
  }

  /**
   * Whether every one of these rollouts stands on a generation of the function.
   *
   * @return empty while one of them was not looked at since
   */
  public Optional<Boolean> promoted(
      ObjectKey function, @Nullable Long generation, Collection<ObjectKey> rollouts) {
    boolean all = !rollouts.isEmpty();
    for (ObjectKey rollout : rollouts) {
      Stand stand = stands.get(rollout);
      if (stand == null
          || !stand.function.equals(function)
          || !Objects.equals(stand.generation, generation)) {
        return Optional.empty();
      }
      all &= stand.promoted;
    }
    return Optional.of(all);
  }
}
