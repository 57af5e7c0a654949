package dev.lambdarollouts.engine.progress;

import org.jspecify.annotations.Nullable;

/**
 * Why a release was rejected.
 *
 * @param name the alarm's, where one did it
 */
public record Cause(Type type, @Nullable String name, String message) {

  /** What kind of thing did it. */
  public enum Type {
    ALARM("Alarm"),
    /** Alarm data were stale under {@code onPollFailure: Rollback}. */
    ALARM_DATA("AlarmData"),
    ABORT("Abort"),
    /** A person's Reject. */
    REJECT("Reject"),
    /** Too few people approved in time. */
    APPROVAL_TIMEOUT("ApprovalTimeout"),
    PAUSE_TIMEOUT("PauseTimeout"),
    DEADLINE("ProgressDeadline"),
    /** A person moved the alias off the candidate. */
    DRIFT("Drift"),
    /** A person went back to an earlier version. */
    ROLL_BACK("RollBack"),
    CODE_CHANGED("CodeChanged"),
    CODE_SHA256("CodeSha256"),
    VERSION_FAILED("VersionFailed"),
    /** Lost with the status: found in a mark in AWS. */
    UNKNOWN("Unknown");

    private final String text;

    Type(String text) {
      this.text = text;
    }

    /** As the API writes it. */
    @Override
    public String toString() {
      return text;
    }
  }
}
