package dev.lambdarollouts.controllers.cluster;

import dev.lambdarollouts.crds.rollout.LambdaRollout;

/** What became of writing a rollout's status. */
public sealed interface StatusWrite {

  /** It stands. */
  record Written(LambdaRollout now) implements StatusWrite {}

  /** The rollout changed meanwhile: nothing was written, everything is to be looked at again. */
  record Conflict() implements StatusWrite {}

  /** There is no such rollout any more. */
  record Gone() implements StatusWrite {}
}
