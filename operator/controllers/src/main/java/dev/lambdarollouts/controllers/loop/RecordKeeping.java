package dev.lambdarollouts.controllers.loop;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lambdarollouts.controllers.cluster.ObjectKey;
import dev.lambdarollouts.controllers.cluster.StatusWrite;
import dev.lambdarollouts.controllers.report.Conditions;
import dev.lambdarollouts.controllers.report.Notices;
import dev.lambdarollouts.controllers.report.RolloutReport;
import dev.lambdarollouts.controllers.report.StageReport;
import dev.lambdarollouts.controllers.translate.ProgressTranslation;
import dev.lambdarollouts.crds.action.RolloutAction;
import dev.lambdarollouts.crds.action.RolloutActionSpec;
import dev.lambdarollouts.crds.action.RolloutActionStatus;
import dev.lambdarollouts.crds.common.Condition;
import dev.lambdarollouts.crds.common.Parsed;
import dev.lambdarollouts.crds.rollout.LambdaRollout;
import dev.lambdarollouts.crds.rollout.LambdaRolloutSpec;
import dev.lambdarollouts.crds.rollout.LambdaRolloutStatus;
import dev.lambdarollouts.crds.rollout.RolloutPhase;
import dev.lambdarollouts.crds.rollout.StageStatus;
import dev.lambdarollouts.engine.decide.JudgedAction;
import dev.lambdarollouts.engine.decide.RolloutDecider;
import dev.lambdarollouts.engine.decide.Standing;
import dev.lambdarollouts.engine.decide.Transition;
import dev.lambdarollouts.engine.decide.Verdict;
import dev.lambdarollouts.engine.fact.AlarmSample;
import dev.lambdarollouts.engine.fact.DesiredRelease;
import dev.lambdarollouts.engine.plan.Plan;
import dev.lambdarollouts.engine.progress.Progress;
import dev.lambdarollouts.engine.progress.RecordedAction;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records what a pass decided, and tells of it once it stands. */
final class RecordKeeping {
  /**
   * A recorded action whose object is not in the cache may only not have come there yet; after this
   * long it is gone, and its uid need not be kept.
   */
  private static final Duration CACHES_CATCH_UP = Duration.ofHours(1);

  private static final Logger LOG = LoggerFactory.getLogger(RecordKeeping.class);

  private final LoopPorts ports;
  private final LambdaRollout rollout;
  private final ObjectKey key;
  private final OpenActions actions;
  private final List<StageOutcome> outcomes;
  private final Instant at;
  private final LambdaRolloutStatus status;
  private final Map<String, RefusedAction> refusals;
  private boolean allTold = true;

  RecordKeeping(
      LoopPorts ports, LambdaRollout rollout, OpenActions actions, List<StageOutcome> outcomes) {
    this.ports = ports;
    this.rollout = rollout;
    this.key = ObjectKey.of(rollout);
    this.actions = actions;
    this.outcomes = outcomes;
    this.refusals = new HashMap<>(actions.toldBefore());
    this.at = RolloutLoop.now(ports);
    this.status = status();
  }

  /** Writes the status, where it says anything new. */
  StatusWrite record() {
    Parsed<LambdaRolloutStatus> whole = withWhatCannotBeRead();
    return StatusTree.says(rollout, whole)
        ? new StatusWrite.Written(rollout)
        : ports.writer().writeStatus(rollout, whole);
  }

  /**
   * Tells of everything that is recorded now.
   *
   * @return false when something could not be told; it is told with a later pass
   */
  boolean tell() {
    for (StageOutcome outcome : outcomes) {
      if (outcome instanceof StageOutcome.Decided decided) {
        tell(decided);
      }
    }
    actions.refused().forEach((uid, why) -> judged(new JudgedAction(uid, false, why)));
    Notices.stalled(rollout, StatusTree.conditions(rollout), status.conditions(), at)
        .ifPresent(ports.writer()::tell);
    return allTold;
  }

  /** By uid, actions that were refused, by now or before, and that the cache shows as open. */
  Map<String, RefusedAction> refusals() {
    return refusals;
  }

  /** Deletes the actions that were finished long ago. */
  void tidyUp() {
    actions
        .finishedBefore(at.minus(OpenActions.KEPT))
        .forEach(action -> guarded(action, () -> ports.writer().delete(action)));
  }

  /** An action that cannot be written holds up no rollback. */
  private boolean guarded(RolloutAction action, Runnable write) {
    try {
      write.run();
      return true;
    } catch (RuntimeException refused) {
      allTold = false;
      LOG.warn(
          "RolloutAction {} cannot be written, tried again later: {}",
          action.getMetadata().getName(),
          refused.toString());
      return false;
    }
  }

  /** True when something was decided that more can follow from. */
  boolean hasProgressed() {
    return outcomes.stream()
        .anyMatch(
            outcome ->
                outcome instanceof StageOutcome.Decided decided
                    && !decided.verdict().progress().equals(decided.question().recorded()));
  }

  private void tell(StageOutcome.Decided decided) {
    String stage = decided.name();
    for (Transition transition : decided.verdict().transitions()) {
      ports.writer().tell(Notices.of(rollout, stage, transition, at));
      ports.metrics().changed(key, stage, transition);
    }
    ports.metrics().stands(key, stage, decided.verdict().progress());
    decided.verdict().actions().forEach(this::judged);
  }

  private void judged(JudgedAction judged) {
    RolloutAction action = actions.object(judged.uid()).orElse(null);
    if (action == null) {
      return;
    }
    RolloutActionStatus.Phase phase =
        judged.applied() ? RolloutActionStatus.Phase.APPLIED : RolloutActionStatus.Phase.REFUSED;
    Long generation = action.getMetadata().getGeneration();
    RolloutActionStatus told =
        new RolloutActionStatus(
            generation,
            phase,
            judged.message(),
            judged.applied() ? at : null,
            new Conditions(List.of(), generation, at)
                .set("Ready", Condition.Truth.TRUE, phase.toString(), judged.message())
                .build(RolloutReport.TYPES));
    boolean knows = guarded(action, () -> ports.writer().writeStatus(action, told));
    if (!judged.applied()) {
      refusals.put(judged.uid(), new RefusedAction(judged.message(), knows));
      String verb =
          action.spec().valid().map(RolloutActionSpec::action).map(Object::toString).orElse("?");
      ports.writer().tell(Notices.refused(rollout, verb, judged.uid(), judged.message(), at));
    }
  }

  private LambdaRolloutStatus status() {
    Long generation = rollout.getMetadata().getGeneration();
    List<Condition> before = StatusTree.conditions(rollout);
    List<StageReport> reports = outcomes.stream().map(this::report).toList();
    if (!reports.isEmpty()) {
      return RolloutReport.of(before, generation, reports, at);
    }
    String message =
        RolloutReport.shortened(
            switch (rollout.spec()) {
              case Parsed.Invalid<LambdaRolloutSpec> invalid -> invalid.message();
              case Parsed.Valid<LambdaRolloutSpec> valid -> "spec.stages: is empty: add a stage";
            });
    return new LambdaRolloutStatus(
        generation,
        RolloutPhase.DEGRADED,
        message,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        List.of(),
        RolloutReport.degraded(new Conditions(before, generation, at), "InvalidSpec", message));
  }

  private StageReport report(StageOutcome outcome) {
    return switch (outcome) {
      case StageOutcome.Held held ->
          new StageReport(
              held.reading().name(),
              held.reading().broken() == null ? held.reading().entry() : null,
              new Standing.Degraded(held.reason()),
              held.message(),
              null,
              held.reading().wanted().place());
      case StageOutcome.Decided decided -> report(decided);
    };
  }

  private StageReport report(StageOutcome.Decided decided) {
    Verdict verdict = decided.verdict();
    Progress progress = verdict.progress();
    StageStatus entry =
        ProgressTranslation.statusOf(
            decided.name(),
            progress.equals(decided.question().recorded()) ? progress : withoutGone(progress),
            decided.question().place(),
            withKnownPast(decided),
            decided.reading().entry());
    return new StageReport(
        decided.name(),
        entry,
        verdict.standing(),
        verdict.why() + waitingEdit(decided),
        StageReport.step(progress),
        decided.question().place());
  }

  /**
   * A change of which the past is not known yet stays unrecorded: the last one that is recorded
   * says from when on its history is to be looked up.
   */
  private static List<AlarmSample> withKnownPast(StageOutcome.Decided decided) {
    Set<String> unknown =
        RolloutDecider.alarmsToLookUp(decided.question().recorded(), decided.seen()).keySet();
    return decided.seen().alarms().stream()
        .map(
            sample ->
                unknown.contains(sample.name()) && sample.state() != AlarmSample.State.ALARM
                    ? AlarmSample.never(sample.name())
                    : sample)
        .toList();
  }

  /** An attempt keeps what it started with; api.md, Change in mid-course. */
  private static String waitingEdit(StageOutcome.Decided decided) {
    Plan pinned = decided.verdict().progress().plan();
    return pinned != null
            && decided.seen().desired() instanceof DesiredRelease.Known known
            && !known.plan().equals(pinned)
            && !known.plan().withoutSteps().equals(pinned)
        ? " (the edited strategy applies from the next attempt)"
        : "";
  }

  /** Actions that are long gone need no memory; only ever dropped along with another change. */
  private Progress withoutGone(Progress progress) {
    Instant trusted = at.minus(CACHES_CATCH_UP);
    return progress
        .with()
        .actions(
            progress.actions().stream()
                .filter(
                    one ->
                        actions.exists(one.uid())
                            || one.at().isAfter(trusted)
                            || isOfThisAttempt(one, progress))
                .toList())
        .build();
  }

  /** Its history will tell of it, and a PromoteFully goes on until the attempt has ended. */
  private static boolean isOfThisAttempt(RecordedAction action, Progress progress) {
    return action.attempt() > progress.attempt()
        || (action.attempt() == progress.attempt() && !progress.phase().atRest());
  }

  private Parsed<LambdaRolloutStatus> withWhatCannotBeRead() {
    List<StageOutcome.Held> held =
        outcomes.stream()
            .filter(StageOutcome.Held.class::isInstance)
            .map(StageOutcome.Held.class::cast)
            .filter(one -> one.reason().equals(StageOutcome.Held.STATUS_UNREADABLE))
            .toList();
    List<JsonNode> broken =
        held.stream().map(one -> one.reading().broken()).filter(Objects::nonNull).toList();
    return broken.size() == held.size()
        ? StatusTree.with(status, broken)
        : StatusTree.toldOf(rollout, status);
  }
}
