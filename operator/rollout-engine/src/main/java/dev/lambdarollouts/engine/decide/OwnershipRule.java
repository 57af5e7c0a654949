package dev.lambdarollouts.engine.decide;

import dev.lambdarollouts.engine.fact.AliasFact;
import dev.lambdarollouts.engine.fact.AliasMark;
import dev.lambdarollouts.engine.fact.Custody;
import dev.lambdarollouts.engine.fact.FunctionFact;
import dev.lambdarollouts.engine.fact.Policies;
import dev.lambdarollouts.engine.progress.Progress;
import org.jspecify.annotations.Nullable;

/**
 * One function belongs to one LambdaRollout: what is another's, or nobody's that we know, is not
 * touched.
 */
final class OwnershipRule implements Rule {
  /** For people: a function that is there, and no rollout's. */
  static final String NOBODYS =
      "the function's owner is nobody: it exists and carries no tag"
          + " lambdarollouts.dev/installation, or the role may not read it (lambda:ListTags);"
          + " adoptionPolicy Create takes over no function that it did not create: use"
          + " AdoptOrCreate, or another name (spec.functionNameTemplate of the LambdaStage)";

  @Override
  public @Nullable Step apply(Situation situation) {
    if (lostItsTags(situation)) {
      return Step.act(
          new Decision.Claim(),
          situation.progress(),
          "the function's tags are gone, and its alias is this rollout's: writes them again");
    }
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
      return owner + handOver(owner);
    }
    if (situation.seen().function() instanceof FunctionFact.Unclaimed
        && situation.seen().elsewhere() == null) {
      return NOBODYS;
    }
    Policies.TakeOver named = situation.seen().policies().takeOver();
    Custody custody = situation.seen().custody();
    if (named != null && custody instanceof Custody.Another(String owner)) {
      return "the function's tags name "
          + owner
          + (owner.equals(named.owner())
              ? ", and it is not taken over yet"
              : ", and annotation lambdarollouts.dev/take-over-from names "
                  + named.owner()
                  + ": it has to say what the tags say");
    }
    AliasFact.Present alias = situation.alias();
    if (alias == null) {
      return null;
    }
    AliasMark mark = alias.mark();
    if (mark != null) {
      return mark.owner().equals(situation.seen().owner())
          ? null
          : "the alias' description names another owner (" + mark.owner() + ")" + tagged(custody);
    }
    return knowsTheAlias(situation.progress())
        ? null
        : "the alias exists already and its description does not name this rollout: set the"
            + " LambdaFunction's spec.adoptionPolicy to AdoptOrCreate, delete the alias, or use"
            + " another name for it in the LambdaStage's spec.alias";
  }

  /** Somebody else's tool took them away, or the stage was off the list for a while. */
  private static boolean lostItsTags(Situation situation) {
    AliasFact.Present alias = situation.alias();
    return situation.seen().elsewhere() == null
        && situation.seen().function() instanceof FunctionFact.Unclaimed
        && alias != null
        && alias.mark() != null
        && alias.mark().owner().equals(situation.seen().owner());
  }

  /**
   * We made the alias, or were about to: a description lost since then does not make it another's.
   */
  private static boolean knowsTheAlias(Progress progress) {
    return progress.stable() != null || progress.mayHaveTraffic();
  }

  private static String tagged(Custody custody) {
    return switch (custody) {
      case Custody.Another(String owner) -> ", the function's tags name " + owner + handOver(owner);
      // The mark is a hash: it can be compared, and not be read.
      case Custody.Nobodys nobodys ->
          ", the function's tags name nobody: annotation lambdarollouts.dev/take-over-from with"
              + " that owner's <installation>/<namespace>/<rollout> would hand it over";
      case Custody.NotRead notRead -> "";
      case Custody.Unknown unknown -> "";
      case Custody.Absent absent -> "";
      case Custody.Ours ours -> "";
    };
  }

  /** How to come by a function whose owner is known. */
  private static String handOver(String owner) {
    return owner.split("/", -1).length == 3 && owner.indexOf(' ') < 0
        ? " (annotation lambdarollouts.dev/take-over-from: " + owner + " would hand it over)"
        : "";
  }
}
