package dev.lambdarollouts.controllers.translate;

import dev.lambdarollouts.crds.strategy.AlarmPolicy;
import dev.lambdarollouts.crds.strategy.CanaryStep.PauseStep;
import dev.lambdarollouts.crds.strategy.RolloutStrategySpec;
import dev.lambdarollouts.crds.strategy.WatchedAlarm;
import dev.lambdarollouts.engine.plan.AlarmPolicy.AlreadyFiring;
import dev.lambdarollouts.engine.plan.AlarmPolicy.OnPollFailure;
import dev.lambdarollouts.engine.plan.Entry.OnTimeout;
import dev.lambdarollouts.engine.plan.Plan.OnDeadline;
import dev.lambdarollouts.engine.plan.WatchedAlarm.OnInsufficientData;

/** The words of a strategy in the API and in the engine; a new one on either side must be met. */
final class StrategyWords {
  private StrategyWords() {}

  static AlreadyFiring read(AlarmPolicy.AlreadyFiring word) {
    return switch (word) {
      case BLOCK -> AlreadyFiring.BLOCK;
      case IGNORE -> AlreadyFiring.IGNORE;
    };
  }

  static AlarmPolicy.AlreadyFiring write(AlreadyFiring word) {
    return switch (word) {
      case BLOCK -> AlarmPolicy.AlreadyFiring.BLOCK;
      case IGNORE -> AlarmPolicy.AlreadyFiring.IGNORE;
    };
  }

  static OnPollFailure read(AlarmPolicy.OnPollFailure word) {
    return switch (word) {
      case HOLD -> OnPollFailure.HOLD;
      case IGNORE -> OnPollFailure.IGNORE;
      case ROLLBACK -> OnPollFailure.ROLLBACK;
    };
  }

  static AlarmPolicy.OnPollFailure write(OnPollFailure word) {
    return switch (word) {
      case HOLD -> AlarmPolicy.OnPollFailure.HOLD;
      case IGNORE -> AlarmPolicy.OnPollFailure.IGNORE;
      case ROLLBACK -> AlarmPolicy.OnPollFailure.ROLLBACK;
    };
  }

  static OnInsufficientData read(WatchedAlarm.OnInsufficientData word) {
    return switch (word) {
      case IGNORE -> OnInsufficientData.IGNORE;
      case HOLD -> OnInsufficientData.HOLD;
      case FAIL -> OnInsufficientData.FAIL;
    };
  }

  static WatchedAlarm.OnInsufficientData write(OnInsufficientData word) {
    return switch (word) {
      case IGNORE -> WatchedAlarm.OnInsufficientData.IGNORE;
      case HOLD -> WatchedAlarm.OnInsufficientData.HOLD;
      case FAIL -> WatchedAlarm.OnInsufficientData.FAIL;
    };
  }

  static OnTimeout read(PauseStep.OnTimeout word) {
    return switch (word) {
      case PROMOTE -> OnTimeout.PROMOTE;
      case ABORT -> OnTimeout.ABORT;
    };
  }

  static PauseStep.OnTimeout write(OnTimeout word) {
    return switch (word) {
      case PROMOTE -> PauseStep.OnTimeout.PROMOTE;
      case ABORT -> PauseStep.OnTimeout.ABORT;
    };
  }

  static OnDeadline read(RolloutStrategySpec.OnDeadline word) {
    return switch (word) {
      case ROLLBACK -> OnDeadline.ROLLBACK;
      case PAUSE -> OnDeadline.PAUSE;
    };
  }

  static RolloutStrategySpec.OnDeadline write(OnDeadline word) {
    return switch (word) {
      case ROLLBACK -> RolloutStrategySpec.OnDeadline.ROLLBACK;
      case PAUSE -> RolloutStrategySpec.OnDeadline.PAUSE;
    };
  }
}
