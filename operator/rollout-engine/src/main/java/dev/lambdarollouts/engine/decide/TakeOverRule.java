package dev.lambdarollouts.engine.decide;

import dev.lambdarollouts.engine.fact.AliasFact;
import dev.lambdarollouts.engine.fact.AliasMark;
import dev.lambdarollouts.engine.fact.AwsFailure;
import dev.lambdarollouts.engine.fact.Custody;
import dev.lambdarollouts.engine.fact.Policies;
import dev.lambdarollouts.engine.progress.Progress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Annotation {@code lambdarollouts.dev/take-over-from} hands a function over; invariant 12. Only
 * where the function's tags say exactly what the annotation says or, where its owner took them
 * away, the alias' mark does: first the tags are written anew, then the mark, and nothing is moved.
 * Stands before the question of whose the function is.
 */
final class TakeOverRule implements Rule {
  @Override
  public @Nullable Step apply(Situation situation) {
    Policies.TakeOver named = situation.seen().policies().takeOver();
    if (named == null) {
      return null;
    }
    Progress progress = situation.progress();
    return switch (situation.seen().custody()) {
      case Custody.NotRead notRead -> null;
      case Custody.Absent absent -> null;
      case Custody.Nobodys nobodys ->
          isMarkOf(situation, named)
              ? Step.act(
                  new Decision.Claim(),
                  progress,
                  "takes the function over from " + named.owner() + ", whose the alias still is")
              : null;
      case Custody.Unknown(AwsFailure failure) ->
          isMarkOf(situation, named)
              ? Step.hold(progress, "cannot see whose the function is (" + failure + ")")
              : null;
      case Custody.Another(String owner) ->
          owner.equals(named.owner())
              ? Step.act(
                  new Decision.TakeOver(owner), progress, "takes the function over from " + owner)
              : null;
      case Custody.Ours ours -> isMarkOf(situation, named) ? mark(situation) : null;
    };
  }

  private static boolean isMarkOf(Situation situation, Policies.TakeOver named) {
    return situation.seen().alias() instanceof AliasFact.Present present
        && present.mark() != null
        && present.mark().owner().equals(named.mark());
  }

  private static Step mark(Situation situation) {
    AliasFact.Present alias = (AliasFact.Present) situation.seen().alias();
    AliasMark mark = Objects.requireNonNull(alias.mark());
    AliasMark ours =
        new AliasMark(situation.seen().owner(), mark.stable(), mark.candidate(), mark.rejected());
    return Step.act(
        new Decision.WriteMark(alias.target(), ours, alias.revisionId()),
        situation.progress(),
        "takes the alias over, where it is");
  }
}
