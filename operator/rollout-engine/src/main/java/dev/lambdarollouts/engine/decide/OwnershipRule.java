package dev.lambdarollouts.engine.decide;

import dev.lambdarollouts.engine.fact.AliasFact;
import dev.lambdarollouts.engine.fact.AliasMark;
import dev.lambdarollouts.engine.fact.FunctionFact;
import dev.lambdarollouts.engine.progress.Progress;
import org.jspecify.annotations.Nullable;

/**
 * One function belongs to one LambdaRollout: what is another's, or nobody's that we know, is not
 * touched.
 */
final class OwnershipRule implements Rule {
  @Override
  public @Nullable Step apply(Situation situation) {
    String other = otherOwner(situation);
    return other == null
        ? null
        : Step.stalled(situation.progress(), "OwnedByAnother", other + "; nothing is touched");
  }

  /** Who else it belongs to, for people; absent when it is ours. */
  static @Nullable String otherOwner(Situation situation) {
    if (situation.seen().ownedBy() != null) {
      return situation.seen().ownedBy();
    }
    if (situation.seen().function() instanceof FunctionFact.OwnedByAnother(String owner)) {
      return owner;
    }
    AliasFact.Present alias = situation.alias();
    if (alias == null) {
      return null;
    }
    AliasMark mark = alias.mark();
    if (mark != null) {
      return mark.owner().equals(situation.seen().owner())
          ? null
          : "the alias' description names another owner (" + mark.owner() + ")";
    }
    return knowsTheAlias(situation.progress())
        ? null
        : "the alias exists already and its description does not name this rollout: delete the"
            + " alias, or use another name for it in the LambdaStage's spec.alias (taking over an"
            + " alias is not supported yet)";
  }

  /**
   * We made the alias, or were about to: a description lost since then does not make it another's.
   */
  private static boolean knowsTheAlias(Progress progress) {
    return progress.stable() != null || progress.phase().mayHaveTraffic();
  }
}
