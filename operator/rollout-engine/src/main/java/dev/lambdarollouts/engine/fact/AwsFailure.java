package dev.lambdarollouts.engine.fact;

/**
 * An AWS call that did not do what it was asked to.
 *
 * @param kind what can be done about it
 * @param operation the API's own name: {@code UpdateAlias}
 * @param message AWS' words, without secrets; for people
 */
public record AwsFailure(Kind kind, String operation, String message) {

  /** Failures by what can be done about them. */
  public enum Kind {
    /** Too many requests: later. */
    THROTTLED,
    /** No answer, a 5xx, a time-out: the effect is unknown; read, then again. */
    UNAVAILABLE,
    /** No right, or credentials that expired: somebody has to grant it; tried again. */
    DENIED,
    /** What was named is not there. */
    NOT_FOUND,
    /** The thing changed since it was read, or is changing: read, and decide again. */
    CONFLICT,
    /** AWS refuses what was asked: the text says why. */
    INVALID
  }

  /** An answer that stays the same until somebody grants, creates or mends something. */
  public boolean isRefusal() {
    return switch (kind) {
      case DENIED, INVALID, NOT_FOUND -> true;
      case THROTTLED, UNAVAILABLE, CONFLICT -> false;
    };
  }

  /** {@code UpdateAlias: Rate exceeded}. */
  @Override
  public String toString() {
    return operation + ": " + message;
  }
}
