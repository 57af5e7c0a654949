package dev.lambdarollouts.simulator.control;

import dev.lambdarollouts.simulator.door.Fault;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The faults that the control API knows, by their names in it. */
enum FaultKind {
  THROTTLE("throttle"),
  SERVER_ERROR_BEFORE("server-error-before"),
  SERVER_ERROR_AFTER("server-error-after"),
  CUT_BEFORE("cut-before"),
  CUT_AFTER("cut-after"),
  TIMEOUT_BEFORE("timeout-before"),
  TIMEOUT_AFTER("timeout-after"),
  ACCESS_DENIED("access-denied"),
  EXPIRED_CREDENTIALS("expired-credentials"),
  DELAY("delay"),
  DOWN("down");

  /** How long a time-out keeps the connection open when nothing is said: longer than SDKs wait. */
  private static final Duration USUAL_SILENCE = Duration.ofMinutes(2);

  private final String shown;

  FaultKind(String shown) {
    this.shown = shown;
  }

  static FaultKind of(String name) {
    return Arrays.stream(values())
        .filter(kind -> kind.shown.equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                Refusal.badRequest("fault must be one of " + names() + ", but is '" + name + "'"));
  }

  String shown() {
    return shown;
  }

  /** Whether {@code realSeconds} means something to it. */
  boolean takesTime() {
    return this == DELAY || this == TIMEOUT_BEFORE || this == TIMEOUT_AFTER;
  }

  /**
   * The fault.
   *
   * @param real how long a delay or a time-out lasts, in real time
   */
  Fault fault(@Nullable Duration real) {
    Duration silence = real == null ? USUAL_SILENCE : real;
    return switch (this) {
      case THROTTLE -> Fault.throttled();
      case SERVER_ERROR_BEFORE -> Fault.serverError();
      case SERVER_ERROR_AFTER -> Fault.serverErrorAfterEffect();
      case CUT_BEFORE, DOWN -> Fault.cutBeforeEffect();
      case CUT_AFTER -> Fault.cutAfterEffect();
      case TIMEOUT_BEFORE -> new Fault.Silence(false, silence);
      case TIMEOUT_AFTER -> new Fault.Silence(true, silence);
      case ACCESS_DENIED -> Fault.accessDenied();
      case EXPIRED_CREDENTIALS -> Fault.expiredCredentials();
      case DELAY -> {
        if (real == null) {
          throw Refusal.badRequest("A delay needs realSeconds");
        }
        yield Fault.delayed(real);
      }
    };
  }

  private static List<String> names() {
    return Arrays.stream(values()).map(FaultKind::shown).toList();
  }
}
