package dev.lambdarollouts.engine.fact;

import org.jspecify.annotations.Nullable;

/**
 * A RolloutAction for this stage that has no phase yet, oldest first in an {@link Observation}.
 *
 * @param by who asks
 * @param release absent: whatever is there
 * @param step for Promote, absent: wherever the stage is
 * @param toVersion for RollBack, absent: the last promoted before the one that is left
 * @param asker whether {@code by} is somebody whose approval counts
 */
public record OpenAction(
    String uid,
    Verb verb,
    String by,
    @Nullable String reason,
    @Nullable ReleaseId release,
    @Nullable Integer step,
    @Nullable VersionNumber toVersion,
    Asker asker) {

  /** One of somebody whose word counts, that names no version. */
  public OpenAction(
      String uid,
      Verb verb,
      String by,
      @Nullable String reason,
      @Nullable ReleaseId release,
      @Nullable Integer step) {
    this(uid, verb, by, reason, release, step, null, Asker.PERSON);
  }

  /** What is known of who asks. */
  public enum Asker {
    /** Somebody with a name. */
    PERSON,
    /** The action does not say. */
    NOBODY,
    /** The installation says that this user's approvals do not count. */
    IGNORED
  }

  /** What is asked for. */
  public enum Verb {
    APPROVE("Approve"),
    REJECT("Reject"),
    PROMOTE("Promote"),
    PROMOTE_FULLY("PromoteFully"),
    PAUSE("Pause"),
    RESUME("Resume"),
    ABORT("Abort"),
    RETRY("Retry"),
    ROLL_BACK("RollBack");

    private final String text;

    Verb(String text) {
      this.text = text;
    }

    /** As the API writes it. */
    @Override
    public String toString() {
      return text;
    }
  }
}
