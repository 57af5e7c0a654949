package dev.lambdarollouts.controllers.loop;

import dev.lambdarollouts.controllers.cluster.ClusterView;
import dev.lambdarollouts.controllers.cluster.ObjectKey;
import dev.lambdarollouts.controllers.translate.PromotionCalendar;
import dev.lambdarollouts.controllers.translate.StageGuards;
import dev.lambdarollouts.engine.decide.RolloutDecider;
import dev.lambdarollouts.engine.decide.Verdict;
import dev.lambdarollouts.engine.fact.Gates;
import dev.lambdarollouts.engine.fact.Observation;
import dev.lambdarollouts.engine.progress.Progress;
import dev.lambdarollouts.engine.progress.Rejection;
import dev.lambdarollouts.engine.progress.StagePhase;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The gates of one rollout's stages, out of specs, statuses and the other rollouts' slots. */
final class StageGates {
  private final PromotionCalendar calendar;
  private final StageSlots slots;
  private final ClusterView cluster;
  private final ObjectKey rollout;
  private final Instant leaderSince;

  StageGates(
      PromotionCalendar calendar,
      StageSlots slots,
      ClusterView cluster,
      ObjectKey rollout,
      Instant leaderSince) {
    this.calendar = calendar;
    this.slots = slots;
    this.cluster = cluster;
    this.rollout = rollout;
    this.leaderSince = leaderSince;
  }

  /**
   * As they are now.
   *
   * @param before the stages before, as they were decided in this pass
   */
  Gates of(StageReading reading, Progress recorded, List<StageOutcome> before, Instant at) {
    StageGuards guards = reading.guards();
    return new Gates(
        soak(guards, before),
        takenBackBy(recorded, before),
        calendar.at(guards.windows(), guards.onWindowClose(), at),
        slot(reading, recorded));
  }

  /** Decides, and takes the slot that the decision needs; without one it is decided again. */
  Verdict decide(StageReading reading, Progress recorded, Observation seen) {
    Verdict verdict = RolloutDecider.decide(recorded, seen);
    int limit = reading.guards().maxConcurrent();
    if (limit == 0 || StageSlots.isActive(recorded) || !StageSlots.isActive(verdict.progress())) {
      return verdict;
    }
    slots.learn(stage(reading), cluster);
    return slots.take(stage(reading), rollout, limit)
        ? verdict
        : RolloutDecider.decide(recorded, seen.with(seen.gates().with(taken(reading))));
  }

  /** What is recorded after a pass. */
  void recorded(Collection<StageOutcome> outcomes, Consumer<ObjectKey> wake) {
    Set<ObjectKey> stages = new HashSet<>();
    for (StageOutcome outcome : outcomes) {
      ObjectKey stage = stage(outcome.reading());
      stages.add(stage);
      Collection<ObjectKey> next =
          switch (outcome) {
            case StageOutcome.Held held ->
                slots.stands(stage, rollout, StageSlots.isActive(held.reading().recorded()), null);
            case StageOutcome.Decided decided -> {
              Progress progress = decided.verdict().progress();
              boolean waits =
                  decided.reading().guards().maxConcurrent() > 0
                      && RolloutDecider.waitsForSlot(progress, decided.seen());
              yield slots.stands(
                  stage,
                  rollout,
                  StageSlots.isActive(progress),
                  waits ? Objects.requireNonNullElse(progress.startedAt(), leaderSince) : null);
            }
          };
      next.forEach(wake);
    }
    slots.leaves(rollout, stages).forEach(wake);
  }

  private ObjectKey stage(StageReading reading) {
    return new ObjectKey(rollout.namespace(), reading.name());
  }

  /** Asked only where traffic may be about to move. */
  private Gates.Slot slot(StageReading reading, Progress recorded) {
    int limit = reading.guards().maxConcurrent();
    boolean asks = !recorded.phase().atRest() && !StageSlots.isActive(recorded);
    if (limit == 0 || !asks || recorded.phase() == StagePhase.PENDING) {
      return Gates.Slot.FREE;
    }
    slots.learn(stage(reading), cluster);
    return slots.isFree(stage(reading), rollout, limit) ? Gates.Slot.FREE : taken(reading);
  }

  private static Gates.Slot taken(StageReading reading) {
    return new Gates.Slot(
        false,
        "waits for a slot: LambdaStage "
            + reading.name()
            + " lets "
            + reading.guards().maxConcurrent()
            + " move traffic at once (spec.maxConcurrentRollouts)");
  }

  private Gates.@Nullable Soak soak(StageGuards guards, List<StageOutcome> before) {
    if (guards.soak() == null
        || before.isEmpty()
        || !(before.getLast() instanceof StageOutcome.Decided last)) {
      return null;
    }
    return new Gates.Soak(
        last.name(), stableSince(last.verdict().progress(), leaderSince), guards.soak());
  }

  /**
   * The end of the last attempt, whatever became of it; found again from the marks in AWS, the
   * moment when it was found.
   */
  static Instant stableSince(Progress progress, Instant unknown) {
    if (!progress.history().isEmpty()) {
      return progress.history().getFirst().finishedAt();
    }
    return Objects.requireNonNullElse(progress.stepStartedAt(), unknown);
  }

  /** A stage before went back from a release that it had promoted, while this attempt runs. */
  private static @Nullable String takenBackBy(Progress recorded, List<StageOutcome> before) {
    Instant startedAt = recorded.startedAt();
    if (startedAt == null) {
      return null;
    }
    for (StageOutcome one : before) {
      if (one instanceof StageOutcome.Decided decided
          && decided.verdict().progress().rejected().stream()
              .anyMatch(
                  rejection ->
                      !rejection.at().isBefore(startedAt)
                          && wasPromoted(decided.verdict().progress(), rejection, startedAt))) {
        return decided.name();
      }
    }
    return null;
  }

  private static boolean wasPromoted(Progress before, Rejection rejection, Instant startedAt) {
    return before.history().stream()
        .anyMatch(
            entry ->
                entry.release().equals(rejection.release())
                    && entry.isPromotion()
                    && !entry.finishedAt().isAfter(startedAt));
  }
}
