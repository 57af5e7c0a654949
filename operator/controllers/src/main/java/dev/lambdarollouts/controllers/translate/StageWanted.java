package dev.lambdarollouts.controllers.translate;

import dev.lambdarollouts.engine.fact.SideSettings;
import dev.lambdarollouts.engine.plan.Plan;
import dev.lambdarollouts.engine.port.FunctionDefinition;
import org.jspecify.annotations.Nullable;

/**
 * What a rollout asks for in one stage. The place is told wherever it can be found, however wrong
 * the rest is: rolling back needs no valid spec.
 */
public sealed interface StageWanted {

  /** Where the stage runs; absent when not even that is known. */
  @Nullable StagePlace place();

  /**
   * Everything is known.
   *
   * @param definition to be brought into {@code $LATEST} and published; absent where somebody else
   *     publishes
   * @param releaseName for people
   * @param plan what a new attempt would start with
   * @param codeSha256 what AWS must report for the code, in base64: the user's own word
   * @param overridesCode this stage runs other code than the function's own
   * @param published by somebody else; absent where there is a definition
   * @param side what is asked for beside the release
   */
  record Known(
      StagePlace place,
      @Nullable FunctionDefinition definition,
      @Nullable String releaseName,
      Plan plan,
      @Nullable String codeSha256,
      boolean overridesCode,
      @Nullable PublishedVersion published,
      SideSettings side)
      implements StageWanted {}

  /**
   * It cannot be done as it stands.
   *
   * @param field with the kind and name of its object: {@code LambdaStage prod: spec.alias}
   * @param message what was found and what to do, to be read after the field; shows no secret
   */
  record Invalid(@Nullable StagePlace place, String field, String message) implements StageWanted {}

  /** Something that it refers to is not there (yet), or is going away. */
  record Missing(@Nullable StagePlace place, String message) implements StageWanted {}
}
