package dev.lambdarollouts.engine.decide;

import dev.lambdarollouts.engine.fact.AliasFact;
import java.time.Duration;
import java.time.Instant;

/**
 * What somebody else has to mend before anything is done, and does without telling: it is looked at
 * again after a while.
 */
final class LooksAgain {
  /** Between two looks. */
  static final Duration AFTER = Duration.ofMinutes(1);

  private LooksAgain() {}

  /** Stalled by what the alias says, as long as that was read lately. */
  static Step stalled(Situation situation, AliasFact.Present alias, String reason, String why) {
    return situation.seen().at().isBefore(alias.at().plus(AFTER))
        ? stalled(situation, reason, why)
        : Step.act(new Decision.ReadAlias(), situation.progress(), why + "; looks again");
  }

  /** Stalled by what is asked for anew at each look. */
  static Step stalled(Situation situation, String reason, String why) {
    Instant again = situation.seen().at().plus(AFTER);
    return new Step(new Decision.Hold(), situation.progress(), why, again, reason);
  }
}
