package dev.lambdarollouts.engine.fact;

import org.jspecify.annotations.Nullable;

/** The version published for a release. */
public sealed interface VersionFact {

  /** Not asked for. */
  record NotRead() implements VersionFact {}

  /**
   * Could not be looked up, or is in a state that this operator does not know.
   *
   * @param why for people
   * @param failure of the call; absent when AWS answered
   */
  record Unknown(String why, @Nullable AwsFailure failure) implements VersionFact {
    /** AWS answered, and the answer says nothing that is known here. */
    public Unknown(String why) {
      this(why, null);
    }

    /** AWS did not tell. */
    public Unknown(AwsFailure failure) {
      this(failure.toString(), failure);
    }
  }

  /** No version carries the release. */
  record NotPublished() implements VersionFact {}

  /**
   * It is there.
   *
   * @param number its number
   * @param codeSha256 base64, as AWS reports it
   * @param role its execution role: versions behind one alias must share it
   * @param deadLetterTarget likewise; absent when there is none
   */
  record Published(
      VersionNumber number,
      State state,
      String codeSha256,
      String role,
      @Nullable String deadLetterTarget,
      @Nullable String reason)
      implements VersionFact {}

  /** How far AWS is with a version. */
  enum State {
    /** Not yet to be invoked. */
    PENDING,
    /** Can take traffic (Active, or Inactive: it wakes at the first invocation). */
    ACTIVE,
    /** AWS gave up; {@code reason} says why. */
    FAILED
  }
}
