package dev.lambdarollouts.reliability.faults;

import dev.lambdarollouts.controllers.model.Interference;
import dev.lambdarollouts.engine.fact.AwsFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What goes wrong in one telling, from the n-th call on. Calls are counted from 1, across AWS and
 * Kubernetes; polls of alarms do not count.
 */
class Fault implements Interference {
  private final int at;
  private int calls;
  private boolean replies;
  private boolean over;
  private @Nullable Telling telling;
  private @Nullable Instant begunAt;

  /**
   * @param at number of the call; 0: never
   */
  Fault(int at) {
    this.at = at;
  }

  /** The process is dead: nothing may catch this. */
  static final class Death extends Error {
    private static final long serialVersionUID = 1;

    Death() {
      super("the process is dead");
    }
  }

  final void tells(Telling it) {
    telling = it;
    opens();
  }

  /** The telling is about to begin. */
  void opens() {}

  final Telling telling() {
    return Objects.requireNonNull(telling);
  }

  /** From now on nothing goes wrong any more. */
  final void ends() {
    over = true;
  }

  /** How long ago, in truth, it began; absent: it has not. */
  final @Nullable Duration age() {
    return begunAt == null ? null : Duration.between(begunAt, telling().world().time().truly());
  }

  /** It begins with this call. */
  final @Nullable AwsFailure starts(String call) {
    begunAt = telling().world().time().truly();
    return begins(call);
  }

  /** Its call, before the effect. */
  @Nullable AwsFailure begins(String call) {
    return null;
  }

  /** Its call, after the effect. */
  @Nullable AwsFailure replied(String call) {
    return null;
  }

  /** Any later call, polls too. */
  @Nullable AwsFailure meanwhile(String call, Duration age) {
    return null;
  }

  /** What comes after a death. */
  void afterDeath() {
    telling().restart();
  }

  /** Lets a scene happen. */
  void happens(int scene, Runnable happening) {
    happening.run();
  }

  /** No end counts before so long after the last scene. */
  Duration lasts() {
    return Duration.ZERO;
  }

  /** Called for every call that counts, before anything else; for those who only look. */
  void counted(int number, String call) {}

  @Override
  public final @Nullable AwsFailure before(String call) {
    replies = false;
    if (over) {
      return null;
    }
    if (!Calls.isPoll(call)) {
      counted(++calls, call);
      if (calls == at) {
        AwsFailure failure = starts(call);
        replies = true;
        return failure;
      }
    }
    Duration age = age();
    return age == null ? null : meanwhile(call, age);
  }

  @Override
  public final @Nullable AwsFailure after(String call) {
    if (!replies || Calls.isPoll(call)) {
      return null;
    }
    replies = false;
    return replied(call);
  }

  static AwsFailure failure(AwsFailure.Kind kind, String call) {
    return new AwsFailure(kind, call, "made to fail");
  }
}
