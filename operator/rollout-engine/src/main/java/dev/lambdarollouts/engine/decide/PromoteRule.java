package dev.lambdarollouts.engine.decide;

import dev.lambdarollouts.engine.fact.AliasFact;
import dev.lambdarollouts.engine.fact.AliasMark;
import dev.lambdarollouts.engine.plan.Plan;
import dev.lambdarollouts.engine.progress.Candidate;
import dev.lambdarollouts.engine.progress.Progress;
import dev.lambdarollouts.engine.progress.StagePhase;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * At 100 %: bakes, marks the candidate as stable in AWS, and only then remembers it as promoted.
 */
final class PromoteRule implements Rule {
  @Override
  public @Nullable Step apply(Situation situation) {
    return switch (situation.progress().phase()) {
      case POST_TRAFFIC -> startBake(situation);
      case BAKING -> bake(situation);
      default -> null;
    };
  }

  private static @Nullable Step startBake(Situation situation) {
    Progress progress = situation.progress();
    Plan plan = progress.plan();
    Instant since = progress.stepStartedAt();
    if (plan == null || since == null) {
      return null;
    }
    return Step.become(
        progress
            .with()
            .phase(StagePhase.BAKING)
            .nextStepAt(since.plus(plan.bakeTime()))
            .progressSince(situation.seen().at())
            .build(),
        "all traffic is on " + situation.candidateText());
  }

  private static @Nullable Step bake(Situation situation) {
    Progress progress = situation.progress();
    Candidate candidate = progress.candidate();
    Instant until = progress.nextStepAt();
    if (candidate == null || until == null) {
      return null;
    }
    Instant at = situation.seen().at();
    if (at.isBefore(until)) {
      return Step.holdUntil(
          progress,
          until,
          "all traffic is on "
              + situation.candidateText()
              + ", bakes until "
              + Moment.text(until)
              + situation.unseen());
    }
    AliasFact.Present alias = situation.alias();
    if (alias == null) {
      return Step.act(new Decision.ReadAlias(), progress, "looks where the alias is");
    }
    AliasMark promoted = situation.markPromoted();
    if (!promoted.equals(alias.mark())) {
      return Step.act(
          new Decision.WriteMark(alias.target(), promoted, alias.revisionId()),
          progress,
          "baked: " + situation.candidateText() + " is marked as stable");
    }
    return Step.become(
        Attempt.succeed(situation, candidate), situation.candidateText() + " is promoted");
  }
}
