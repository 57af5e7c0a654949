package dev.lambdarollouts.engine.decide;

import dev.lambdarollouts.engine.fact.ApprovalPolicy;
import dev.lambdarollouts.engine.fact.ReleaseId;
import dev.lambdarollouts.engine.progress.Cause;
import dev.lambdarollouts.engine.progress.Progress;
import dev.lambdarollouts.engine.progress.StagePhase;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The last gate, asked when every other one is open: enough different people have agreed to this
 * release. Its timeout runs from when the others opened. It has a phase of its own; once Shifting
 * is recorded, a first shift may be on its way, and it is waited for there.
 */
final class ApprovalGate {
  private ApprovalGate() {}

  /** For people; absent when it is open. */
  static @Nullable String missing(Situation situation) {
    Progress progress = situation.progress();
    ApprovalPolicy policy = situation.seen().approval();
    ReleaseId release = Objects.requireNonNull(progress.candidate()).release();
    List<String> people = progress.approversOf(release);
    if (people.size() >= policy.needed()) {
      return null;
    }
    return situation.candidateText()
        + " waits for approval of release "
        + release
        + ": "
        + people.size()
        + " of "
        + policy.needed()
        + (people.isEmpty() ? "" : " (" + String.join(", ", people) + ")");
  }

  /** What is waited for; absent when it is open. */
  static @Nullable Step closed(Situation situation) {
    String waits = missing(situation);
    if (waits == null) {
      return null;
    }
    Progress progress = situation.progress();
    Instant at = situation.seen().at();
    Instant since = progress.gatesOpenSince();
    StagePhase waitsIn =
        progress.phase() == StagePhase.SHIFTING
            ? StagePhase.SHIFTING
            : StagePhase.AWAITING_APPROVAL;
    if (progress.phase() != waitsIn || since == null) {
      return Step.become(
          progress
              .with()
              .phase(waitsIn)
              .nextStepAt(null)
              .gatesOpenSince(since == null ? at : since)
              .build(),
          waits);
    }
    ApprovalPolicy policy = situation.seen().approval();
    Instant until = policy.timeout() == null ? null : since.plus(policy.timeout());
    if (until == null || at.isBefore(until)) {
      return new Step(
          new Decision.Hold(),
          progress,
          until == null ? waits : waits + "; is rejected at " + Moment.text(until),
          until,
          null,
          StagePhase.AWAITING_APPROVAL.toString());
    }
    ReleaseId release = Objects.requireNonNull(progress.candidate()).release();
    Cause cause =
        new Cause(
            Cause.Type.APPROVAL_TIMEOUT,
            null,
            progress.approversOf(release).size()
                + " of "
                + policy.needed()
                + " people approved until "
                + Moment.text(until));
    return Step.become(Attempt.rejectBeforeTraffic(situation, cause, null), cause.message());
  }
}
