package dev.lambdarollouts.engine.decide;

import dev.lambdarollouts.engine.fact.DesiredRelease;
import dev.lambdarollouts.engine.fact.SideFact;
import dev.lambdarollouts.engine.progress.Progress;
import dev.lambdarollouts.engine.progress.SideSetting;
import org.jspecify.annotations.Nullable;

/**
 * Before traffic: the candidate's provisioned concurrency is asked for and has to be READY. One
 * that AWS could not provide is told, and ends with the progress deadline.
 */
final class ProvisionRule implements Rule {
  @Override
  public @Nullable Step apply(Situation situation) {
    Progress progress = situation.progress();
    if (!(situation.seen().desired() instanceof DesiredRelease.Known desired)) {
      return null;
    }
    SideSetting what = BesideTheRelease.toProvision(progress, desired);
    if (what == null) {
      return null;
    }
    String of = "provisioned concurrency of " + situation.candidateText();
    return switch (situation.seen().side()) {
      case SideFact.NotRead notRead -> Step.hold(progress, "before traffic: looks at the " + of);
      case SideFact.Unknown(var failure) ->
          Step.hold(progress, "before traffic: cannot see the " + of + " (" + failure + ")");
      case SideFact.Seen seen -> seen(situation, seen, what, of);
    };
  }

  private static @Nullable Step seen(
      Situation situation, SideFact.Seen seen, SideSetting what, String of) {
    Progress progress = situation.progress();
    return switch (seen.states().get(what)) {
      case null -> Step.hold(progress, "before traffic: looks at the " + of);
      case AS_WANTED -> null;
      case ABSENT, OTHER ->
          Step.act(
              new Decision.SetBeside(what),
              progress.with().side(progress.side().with(what)).build(),
              "before traffic: asks for the " + of);
      case IN_PROGRESS ->
          Step.holdUntil(
              progress,
              situation.seen().at().plus(SideRule.SETTLING),
              "before traffic: waits for the " + of + " to be READY");
      case FAILED ->
          Step.hold(
              progress,
              "before traffic: AWS could not provide the "
                  + of
                  + " ("
                  + seen.failures().getOrDefault(what, "no reason given")
                  + "); mend that and Abort or Retry, or ask for less in the LambdaStage's"
                  + " spec.provisionedConcurrency");
    };
  }
}
