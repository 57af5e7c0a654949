package dev.lambdarollouts.aws;

import dev.lambdarollouts.engine.fact.AwsFailure;
import dev.lambdarollouts.engine.port.AwsPort;
import dev.lambdarollouts.engine.port.AwsPort.Caller;
import dev.lambdarollouts.engine.port.AwsReply;
import dev.lambdarollouts.engine.port.StageTarget;
import dev.lambdarollouts.engine.port.Urgency;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whose credentials a target's clients carry: asked once for each, kept when answered. Another
 * account's are refused before any call. What may have to take traffic back does not wait for the
 * question: a rollback, and the reads of alarms, which move nothing.
 */
final class CallerCheck {
  private final StageTarget target;
  private final Supplier<AwsReply<Caller>> question;
  private final ReentrantLock asking = new ReentrantLock();
  private final Supplier<@Nullable String> keys;
  private volatile @Nullable Answer known;

  private record Answer(Caller caller, @Nullable String keys) {}

  /**
   * @param keys tells one set of credentials from another: what was answered for others says
   *     nothing
   */
  CallerCheck(
      StageTarget target, Supplier<AwsReply<Caller>> question, Supplier<@Nullable String> keys) {
    this.target = target;
    this.question = question;
    this.keys = keys;
  }

  private @Nullable Caller known() {
    Answer kept = known;
    return kept != null && Objects.equals(kept.keys, keys.get()) ? kept.caller : null;
  }

  AwsReply<Caller> caller() {
    Caller kept = known();
    if (kept != null) {
      return new AwsReply.Done<>(kept);
    }
    asking.lock();
    try {
      kept = known();
      if (kept != null) {
        return new AwsReply.Done<>(kept);
      }
      String asked = keys.get();
      AwsReply<Caller> reply = question.get();
      if (reply instanceof AwsReply.Done<Caller>(Caller answered)) {
        known = new Answer(answered, asked);
      }
      return reply;
    } finally {
      asking.unlock();
    }
  }

  /** Why a call may not be made; absent when it may. */
  @Nullable AwsFailure refusal(Api api, Urgency urgency) {
    Caller kept = known();
    if (kept != null) {
      return AwsPort.wrongAccount(kept, target);
    }
    if (urgency == Urgency.ROLLBACK || api.watchesAlarms()) {
      return null;
    }
    return switch (caller()) {
      case AwsReply.Done<Caller>(Caller caller) -> AwsPort.wrongAccount(caller, target);
      case AwsReply.Failed<Caller>(AwsFailure failure) -> failure;
    };
  }
}
