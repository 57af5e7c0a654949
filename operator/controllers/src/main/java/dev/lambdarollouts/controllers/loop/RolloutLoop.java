package dev.lambdarollouts.controllers.loop;

import dev.lambdarollouts.controllers.act.DecisionExecutor;
import dev.lambdarollouts.controllers.cluster.ObjectKey;
import dev.lambdarollouts.controllers.observe.RolloutObserver;
import dev.lambdarollouts.controllers.observe.StageSight;
import dev.lambdarollouts.controllers.translate.PromotionCalendar;
import dev.lambdarollouts.crds.rollout.LambdaRollout;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes every rollout on, one pass at a time. A pass observes the rollout's stages, asks the engine
 * about each, records what it decided, and only then acts. Whatever is remembered here between two
 * passes may be lost at any moment.
 *
 * <p>Passes over different rollouts may run at once; over one rollout, one at a time.
 */
public final class RolloutLoop {
  private final LoopPorts ports;
  private final RolloutObserver observer;
  private final DecisionExecutor executor;
  private final FunctionClaims claims = new FunctionClaims();
  private final Promotions promotions;
  private final StageSlots slots;
  private final PromotionCalendar calendar = new PromotionCalendar();
  private final Map<ObjectKey, RolloutMemory> memories = new ConcurrentHashMap<>();
  private final Consumer<ObjectKey> wake;

  /**
   * @param wake asks for a pass over a rollout as soon as can be; called from any thread
   */
  public RolloutLoop(
      LoopPorts ports, Promotions promotions, StageSlots slots, Consumer<ObjectKey> wake) {
    this.ports = ports;
    this.observer = new RolloutObserver(ports.aws(), ports.time(), ports.leaderSince());
    this.executor = new DecisionExecutor(ports.aws(), ports.time());
    this.promotions = promotions;
    this.slots = slots;
    this.wake = wake;
  }

  /**
   * One pass.
   *
   * @param cached the rollout as last seen; may be behind
   */
  public PassOutcome pass(LambdaRollout cached) {
    ObjectKey key = ObjectKey.of(cached);
    RolloutMemory memory =
        memories.compute(
            key,
            (name, before) ->
                before != null && before.isOf(cached)
                    ? before
                    : replace(name, before, cached.getMetadata().getUid()));
    LambdaRollout rollout = memory.newest(cached, ports.cluster());
    if (rollout == null) {
      forget(key);
      return PassOutcome.GONE;
    }
    PassOutcome outcome =
        new RolloutPass(
                ports, observer, executor, claims, promotions, gates(key), wake, rollout, memory)
            .run();
    if (outcome.letGo()) {
      // It stays in the cache for a moment, and claims nothing any more.
      claims.letGo(cached.getMetadata().getUid());
      forget(key);
    }
    return outcome;
  }

  /** The rollout is gone from the cluster. */
  public void forget(ObjectKey key) {
    RolloutMemory memory = memories.remove(key);
    if (memory != null) {
      close(memory);
    }
    ports.metrics().forget(key);
    promotions.forget(key);
    claims.drop(key).forEach(wake);
    slots.leaves(key, Set.of()).forEach(wake);
  }

  private StageGates gates(ObjectKey key) {
    return new StageGates(calendar, slots, ports.cluster(), key, ports.leaderSince().get());
  }

  /** This moment, as exact as the status is. */
  static Instant now(LoopPorts ports) {
    return ports.time().instant().truncatedTo(ChronoUnit.MILLIS);
  }

  private RolloutMemory replace(ObjectKey key, @Nullable RolloutMemory before, String uid) {
    if (before != null) {
      close(before);
      ports.metrics().forget(key);
    }
    return new RolloutMemory(uid);
  }

  private void close(RolloutMemory memory) {
    for (Map.Entry<String, StageSight> stage : memory.sights().entrySet()) {
      stage.getValue().close(memory.watcher(stage.getKey()));
    }
  }
}
