package dev.lambdarollouts.engine.decide;

import dev.lambdarollouts.engine.fact.AliasFact;
import dev.lambdarollouts.engine.fact.AliasTarget;
import dev.lambdarollouts.engine.fact.AwsFailure;
import dev.lambdarollouts.engine.progress.Progress;
import dev.lambdarollouts.engine.progress.Stable;
import org.jspecify.annotations.Nullable;

/**
 * What is to go leaves its alias on stable: before every other rule, whatever the phase, drifted or
 * not. What then becomes of the function is {@link FunctionRemoval}'s.
 */
final class DeletionRule implements Rule {
  static final String GIVE_UP = "; annotation lambdarollouts.dev/abandon: \"true\" gives it up";

  @Override
  public @Nullable Step apply(Situation situation) {
    Progress progress = situation.progress();
    return switch (situation.seen().deletion()) {
      case NO -> null;
      case ABANDON ->
          Step.act(new Decision.LetGo(), progress, "abandoned: nothing in AWS is touched");
      case YES -> leave(situation);
    };
  }

  private static Step nothingToGoBackTo(Situation situation) {
    return FunctionRemoval.leave(situation, "deleted: there is no stable to go back to");
  }

  /**
   * Nothing was ever done here, or the status is lost: the alias' mark tells. Where it cannot be
   * read, credentials that expired look like those that never were permitted, and a canary of ours
   * may stand behind it.
   */
  private static Step leaveWithoutStatus(Situation situation) {
    Progress progress = situation.progress();
    return switch (situation.seen().alias()) {
      case AliasFact.Present present
          when present.mark() != null && present.mark().stable() != null ->
          Step.become(
              RebuildRule.withStable(progress, present.mark(), situation.seen().at()).build(),
              "found its place from the alias' description");
      case AliasFact.Unknown(var failure) ->
          waits(progress, failure, "cannot see where the alias is");
      case AliasFact.Present present -> nothingToGoBackTo(situation);
      case AliasFact.Missing missing -> nothingToGoBackTo(situation);
      case AliasFact.NotRead notRead -> nothingToGoBackTo(situation);
    };
  }

  /** Names the way out; where AWS refuses, only that or a person's grant helps. */
  private static Step waits(Progress progress, AwsFailure failure, String what) {
    String why = "deleting: " + what + " (" + failure + ")" + GIVE_UP;
    return failure.isRefusal()
        ? Step.stalled(progress, RollingBackRule.BLOCKED, why)
        : Step.hold(progress, why);
  }

  /** Only a write of ours, whose reply is the reading, keeps off a first shift on its way. */
  private static boolean isFenced(Situation situation) {
    return !situation.firstShiftMayBeOnItsWay()
        || (situation.alias() != null && situation.alias().source() == AliasFact.Source.REPLY);
  }

  private static Step leave(Situation situation) {
    Progress progress = situation.progress();
    if (OwnershipRule.otherOwner(situation) != null) {
      return Step.act(new Decision.LetGo(), progress, "deleted: the function is another's");
    }
    Stable stable = progress.stable();
    // A first release stays where it is, its version kept as what the next goes back to or not.
    if (stable == null || progress.isFirstRelease()) {
      return RebuildRule.isBlank(progress)
          ? leaveWithoutStatus(situation)
          : nothingToGoBackTo(situation);
    }
    AliasTarget home = AliasTarget.only(stable.version());
    return switch (situation.seen().alias()) {
      case AliasFact.Missing missing ->
          FunctionRemoval.leave(situation, "deleted: the alias is gone already");
      case AliasFact.NotRead notRead ->
          Step.act(new Decision.ReadAlias(), progress, "deleting: looks where the alias is");
      case AliasFact.Unknown(var failure) ->
          waits(progress, failure, "waits for AWS to put the alias on version " + stable.version());
      case AliasFact.Present present when present.target().equals(home) && isFenced(situation) ->
          FunctionRemoval.leave(situation, "deleted: the alias is on version " + stable.version());
      case AliasFact.Present present -> {
        AwsFailure failure = situation.seen().lastFailure();
        String going = "the alias goes to version " + stable.version();
        Step told =
            failure == null
                ? Step.hold(progress, "deleting: " + going)
                : waits(progress, failure, going + ", the last try failed");
        yield new Step(
            new Decision.RollBack(home, situation.markTakenBack(), present.revisionId()),
            progress,
            told.why(),
            null,
            told.stalled());
      }
    };
  }
}
