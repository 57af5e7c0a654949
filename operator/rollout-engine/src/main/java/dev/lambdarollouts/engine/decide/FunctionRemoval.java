package dev.lambdarollouts.engine.decide;

import dev.lambdarollouts.engine.fact.AwsFailure;
import dev.lambdarollouts.engine.fact.Custody;
import dev.lambdarollouts.engine.progress.Progress;
import org.jspecify.annotations.Nullable;

/**
 * The last word of a rollout that is deleted, once its alias is on stable: {@code deletionPolicy}.
 * Only a function of which the tags say for certain that this rollout has it and the operator
 * created it goes; what was adopted, or is another's, stays.
 */
final class FunctionRemoval {
  /** The reason of Stalled while AWS refuses to delete the function, or to tell whose it is. */
  static final String BLOCKED = "DeletionBlocked";

  private FunctionRemoval() {}

  /**
   * Leaves the stage.
   *
   * @param why the alias needs nothing more, for people
   */
  static Step leave(Situation situation, String why) {
    Progress progress = situation.progress();
    return switch (situation.seen().policies().removal()) {
      case RETAIN -> letGo(progress, why);
      case DELETE_AFTER_OTHERS ->
          Step.hold(
              progress, "deleting: the function goes once the stages that share it have left");
      case DELETE -> remove(situation, why);
    };
  }

  private static Step remove(Situation situation, String why) {
    Progress progress = situation.progress();
    return switch (situation.seen().custody()) {
      // Where the function would be is not known, so nothing was ever made there.
      case Custody.NotRead notRead -> letGo(progress, why);
      case Custody.Unknown(AwsFailure failure) ->
          told(situation, new Decision.Hold(), failure, "cannot see whose the function is");
      case Custody.Absent absent -> letGo(progress, why + ", the function is gone");
      case Custody.Ours(boolean created) when created ->
          told(
              situation,
              new Decision.DeleteFunction(),
              situation.seen().lastFailure(),
              "deletes the function (deletionPolicy Delete)");
      case Custody.Ours ours ->
          letGo(progress, why + "; the function stays, for the operator did not create it");
      case Custody.Another(String owner) ->
          letGo(progress, why + "; the function stays, for it is " + owner + "'s");
      case Custody.Nobodys nobodys ->
          letGo(progress, why + "; the function stays, for its tags do not name this rollout");
    };
  }

  private static Step letGo(Progress progress, String why) {
    return Step.act(new Decision.LetGo(), progress, why);
  }

  private static Step told(
      Situation situation, Decision decision, @Nullable AwsFailure failure, String what) {
    String why =
        "deleting: " + what + (failure == null ? "" : " (" + failure + ")" + DeletionRule.GIVE_UP);
    return new Step(
        decision,
        situation.progress(),
        why,
        null,
        failure != null && failure.isRefusal() ? BLOCKED : null);
  }
}
