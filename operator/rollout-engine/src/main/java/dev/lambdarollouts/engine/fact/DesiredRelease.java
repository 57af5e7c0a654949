package dev.lambdarollouts.engine.fact;

import dev.lambdarollouts.engine.plan.Plan;
import org.jspecify.annotations.Nullable;

/** What Git asks for in a stage. */
public sealed interface DesiredRelease {

  /**
   * Everything is known.
   *
   * @param name for people; absent when the function has none
   * @param plan what a new attempt would start with
   * @param codeSha256 what AWS must report for the code: the user's own word, absent when there is
   *     none
   * @param side what is asked for beside it
   */
  record Known(
      ReleaseId id,
      @Nullable String name,
      Plan plan,
      @Nullable String codeSha256,
      SideSettings side)
      implements DesiredRelease {}

  /**
   * What was asked for cannot be done as it stands.
   *
   * @param field where it is written: {@code LambdaFunction hello: spec.code.s3}
   * @param message what was found and what to do
   */
  record Invalid(String field, String message) implements DesiredRelease {}

  /** Something it refers to is not there (yet), or is going away. */
  record Missing(String message) implements DesiredRelease {}

  /**
   * AWS has to say what it is, and has not said so yet.
   *
   * @param why for people
   */
  record Unread(String why) implements DesiredRelease {}
}
