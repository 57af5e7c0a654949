package dev.lambdarollouts.engine.decide;

import dev.lambdarollouts.engine.fact.AlarmSample;
import dev.lambdarollouts.engine.fact.VersionFact;
import dev.lambdarollouts.engine.plan.AlarmPolicy.AlreadyFiring;
import dev.lambdarollouts.engine.plan.Entry;
import dev.lambdarollouts.engine.plan.Plan;
import dev.lambdarollouts.engine.progress.Pause;
import dev.lambdarollouts.engine.progress.Progress;
import dev.lambdarollouts.engine.progress.StagePhase;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Before traffic: every gate has to be open at one moment; then Shifting is recorded, ahead of the
 * first call. Approval is the last of them: it is asked for, and its time runs, while all the
 * others are open.
 */
final class GatesRule implements Rule {
  @Override
  public @Nullable Step apply(Situation situation) {
    Progress progress = situation.progress();
    Plan plan = progress.plan();
    Pause pause = progress.pause();
    boolean blocked = pause != null && pause.reason() == Pause.Reason.ALARM_ALREADY_FIRING;
    boolean before =
        progress.phase() == StagePhase.PRE_TRAFFIC
            || progress.phase() == StagePhase.AWAITING_APPROVAL;
    if (plan == null || !(before || blocked)) {
      return null;
    }
    Step closed = closed(situation, plan, blocked);
    if (closed == null) {
      return approved(situation, plan);
    }
    // What waits for a person and what waits for a gate are two phases.
    return progress.phase() == StagePhase.AWAITING_APPROVAL
        ? Step.become(shut(progress), closed.why())
        : closed;
  }

  /** What follows from the first gate that is closed; absent when only approval is left. */
  private static @Nullable Step closed(Situation situation, Plan plan, boolean blocked) {
    Progress progress = situation.progress();
    if (blocks(situation, plan)) {
      String why = "blocked before traffic: " + situation.alarms().why();
      return Step.hold(
          blocked
              ? progress
              : Attempt.pause(
                  Attempt.gateClosed(progress),
                  Pause.Reason.ALARM_ALREADY_FIRING,
                  situation.seen().at(),
                  null),
          why + "; waits for OK, or Promote");
    }
    if (blocked) {
      return Step.become(
          Attempt.resume(progress, situation.seen().at()), "no alarm blocks any more");
    }
    Step unshiftable = sharesNoAlias(situation, plan);
    if (unshiftable != null) {
      return unshiftable;
    }
    ClosedGate gate = ClosedGate.beforeTraffic(situation);
    return gate == null
        ? null
        : gate.hold(shut(progress), "before traffic, " + situation.candidateText() + ": ");
  }

  private static Progress shut(Progress progress) {
    return progress.with().phase(StagePhase.PRE_TRAFFIC).gatesOpenSince(null).build();
  }

  /** Every other gate is open: the place of a gate that waits for people. */
  private static Step approved(Situation situation, Plan plan) {
    Step unapproved = ApprovalGate.closed(situation);
    return unapproved != null ? unapproved : open(situation, plan);
  }

  /**
   * ALARM may be ignored by the user's word; missing data under Hold or Fail blocks whatever they
   * say.
   */
  private static boolean blocks(Situation situation, Plan plan) {
    boolean ignores = plan.alarmPolicy().alreadyFiring() == AlreadyFiring.IGNORE;
    return situation.alarms().firing().stream()
        .anyMatch(alarm -> !(ignores && isInAlarm(situation, alarm.name())));
  }

  private static boolean isInAlarm(Situation situation, String name) {
    return situation.seen().alarms().stream()
        .anyMatch(
            sample -> sample.name().equals(name) && sample.state() == AlarmSample.State.ALARM);
  }

  /** AWS: versions behind one alias must have the same execution role and dead-letter target. */
  private static @Nullable Step sharesNoAlias(Situation situation, Plan plan) {
    Progress progress = situation.progress();
    boolean shares =
        plan.entries().stream()
            .anyMatch(
                entry ->
                    entry instanceof Entry.SetWeight(var weight)
                        && !weight.isAll()
                        && !weight.isNone());
    if (!shares || progress.isFirstRelease() || progress.promotedFully() != null) {
      return null;
    }
    if (!(situation.seen().candidate() instanceof VersionFact.Published candidate)
        || !(situation.seen().stable() instanceof VersionFact.Published stable)) {
      return Step.hold(progress, "looks whether candidate and stable can share the alias");
    }
    if (candidate.role().equals(stable.role())
        && Objects.equals(candidate.deadLetterTarget(), stable.deadLetterTarget())) {
      return null;
    }
    return Step.hold(
        Attempt.pause(
            Attempt.gateClosed(progress), Pause.Reason.NOT_SHIFTABLE, situation.seen().at(), null),
        "version "
            + candidate.number()
            + " and version "
            + stable.number()
            + " have different roles or dead-letter targets, and AWS lets no alias share traffic"
            + " between them: PromoteFully, Abort, or release with an allAtOnce strategy");
  }

  private static Step open(Situation situation, Plan plan) {
    Progress progress = situation.progress();
    Set<String> excused = new HashSet<>(progress.excused());
    situation.alarms().firing().forEach(alarm -> excused.add(alarm.name()));
    boolean skips = progress.isFirstRelease() || progress.promotedFully() != null;
    int index = skips ? plan.promotingIndex() : 0;
    Progress started =
        progress
            .with()
            .phase(StagePhase.SHIFTING)
            .entryIndex(index)
            .stepStartedAt(situation.seen().at())
            .excused(excused)
            .gatesOpenSince(null)
            .build();
    // Attempt.advance sets the timer of an entry; the first one has nothing before it.
    return Step.become(
        Attempt.advance(
            started.with().entryIndex(index - 1).build(),
            situation.seen().at(),
            situation.seen().at()),
        "every gate is open: traffic moves to " + situation.candidateText());
  }
}
