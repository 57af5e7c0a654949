package dev.lambdarollouts.controllers.cluster;

import dev.lambdarollouts.crds.action.RolloutAction;
import dev.lambdarollouts.crds.action.RolloutActionStatus;
import dev.lambdarollouts.crds.common.Parsed;
import dev.lambdarollouts.crds.rollout.LambdaRollout;
import dev.lambdarollouts.crds.rollout.LambdaRolloutStatus;

/** What the loop writes. */
public interface ClusterWriter {

  /**
   * Replaces the status, if nothing of the rollout changed since {@code base} was read.
   *
   * @param base as it was read, its resourceVersion the fence
   * @param status the whole new one
   */
  StatusWrite writeStatus(LambdaRollout base, Parsed<LambdaRolloutStatus> status);

  /** Says what became of an action; without effect when it is gone. */
  void writeStatus(RolloutAction action, RolloutActionStatus status);

  /** Deletes an action that was finished long ago; without effect when it is gone. */
  void delete(RolloutAction action);

  /** Tells people; the same notice twice is told once. Never fails: telling is not essential. */
  void tell(Notice notice);
}
