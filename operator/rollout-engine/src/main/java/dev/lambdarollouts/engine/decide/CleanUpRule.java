package dev.lambdarollouts.engine.decide;

import dev.lambdarollouts.engine.fact.VersionNumber;
import dev.lambdarollouts.engine.progress.Progress;
import org.jspecify.annotations.Nullable;

/**
 * At rest, one published version more than is kept: it goes. What people are told of the stage is
 * what {@link AtRestRule} says.
 */
final class CleanUpRule implements Rule {
  private final Rule atRest = new AtRestRule();

  @Override
  public @Nullable Step apply(Situation situation) {
    Progress progress = situation.progress();
    if (!progress.phase().atRest()
        || situation.seen().paused() != null
        || situation.alias() == null
        || !DriftRule.isWhereItShouldBe(situation)) {
      return null;
    }
    var outlook = CleanUp.outlook(progress, situation.seen().revisions(), situation.seen().at());
    Step rest = atRest.apply(situation);
    return rest != null && outlook instanceof CleanUp.Outlook.Delete(VersionNumber version)
        ? Step.act(
            new Decision.DeleteVersion(version), CleanUp.forget(progress, version), rest.why())
        : null;
  }
}
