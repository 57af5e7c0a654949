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
 * release. Its timeout runs from when the others opened.
 */
final class ApprovalGate {
  private ApprovalGate() {}

  /** What is waited for; absent when it is open. */
  static @Nullable Step closed(Situation situation) {
    Progress progress = situation.progress();
    ApprovalPolicy policy = situation.seen().approval();
    ReleaseId release = Objects.requireNonNull(progress.candidate()).release();
    List<String> people = progress.approversOf(release);
    if (people.size() >= policy.needed()) {
      return null;
    }
    Instant at = situation.seen().at();
    String waits =
        situation.candidateText()
            + " waits for approval of release "
            + release
            + ": "
            + people.size()
            + " of "
            + policy.needed()
            + (people.isEmpty() ? "" : " (" + String.join(", ", people) + ")");
    Instant since = progress.gatesOpenSince();
    if (progress.phase() != StagePhase.AWAITING_APPROVAL || since == null) {
      return Step.become(
          progress
              .with()
              .phase(StagePhase.AWAITING_APPROVAL)
              .gatesOpenSince(since == null ? at : since)
              .build(),
          waits);
    }
    if (policy.timeout() == null) {
      return Step.hold(progress, waits);
    }
    Instant until = since.plus(policy.timeout());
    if (at.isBefore(until)) {
      return Step.holdUntil(progress, until, waits + "; is rejected at " + Moment.text(until));
    }
    Cause cause =
        new Cause(
            Cause.Type.APPROVAL_TIMEOUT,
            null,
            people.size()
                + " of "
                + policy.needed()
                + " people approved until "
                + Moment.text(until));
    return Step.become(Attempt.rejectBeforeTraffic(situation, cause, null), cause.message());
  }
}
