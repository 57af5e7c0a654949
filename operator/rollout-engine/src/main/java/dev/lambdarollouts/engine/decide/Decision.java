package dev.lambdarollouts.engine.decide;

import dev.lambdarollouts.engine.fact.AliasMark;
import dev.lambdarollouts.engine.fact.AliasTarget;
import dev.lambdarollouts.engine.fact.FunctionFact.DeployStep;
import dev.lambdarollouts.engine.fact.ReleaseId;
import dev.lambdarollouts.engine.fact.VersionNumber;
import dev.lambdarollouts.engine.progress.SideSetting;

/** What to do next in AWS for one stage: at most one mutation. */
public sealed interface Decision {

  /** Nothing now. */
  record Hold() implements Decision {}

  /** Look at the alias itself, not at the reply to our own change. */
  record ReadAlias() implements Decision {}

  /** Bring {@code $LATEST} one step nearer to the release. */
  record Deploy(DeployStep step) implements Decision {}

  /**
   * Publish {@code $LATEST}, fenced by this CodeSha256, the release as Description.
   *
   * @param codeSha256 base64
   */
  record Publish(ReleaseId release, String codeSha256) implements Decision {}

  /** Make the alias: the first release of a function in this stage. */
  record CreateAlias(AliasTarget target, AliasMark mark) implements Decision {}

  /**
   * A step up for the candidate.
   *
   * @param revisionId of the reading that this was decided on
   */
  record ShiftTo(AliasTarget target, AliasMark mark, String revisionId) implements Decision {}

  /** All traffic to the candidate. */
  record Promote(AliasTarget target, AliasMark mark, String revisionId) implements Decision {}

  /** All traffic to stable. */
  record RollBack(AliasTarget target, AliasMark mark, String revisionId) implements Decision {}

  /** Back to where it was recorded, after somebody else moved it. */
  record Restore(AliasTarget target, AliasMark mark, String revisionId) implements Decision {}

  /** No traffic moves; the mark says who is stable now. */
  record WriteMark(AliasTarget target, AliasMark mark, String revisionId) implements Decision {}

  /** One thing beside the release is set as it is asked for. */
  record SetBeside(SideSetting what) implements Decision {}

  /** One thing beside the release that this operator had set goes back to AWS' default. */
  record TakeBack(SideSetting what) implements Decision {}

  /** One published version that nobody needs any more goes. */
  record DeleteVersion(VersionNumber version) implements Decision {}

  /**
   * The function's tags name this rollout from now on.
   *
   * @param from whom they have to name until then
   */
  record TakeOver(String from) implements Decision {}

  /** The function's tags, which name nobody, name this rollout from now on. */
  record Claim() implements Decision {}

  /** {@code $LATEST} is published as it is: an alias that is adopted stands on it. */
  record PublishLatest() implements Decision {}

  /** The function goes, with all its versions and aliases: the operator created it. */
  record DeleteFunction() implements Decision {}

  /** Nothing of this stage is left to do: its status entry, or the finalizer, goes. */
  record LetGo() implements Decision {}
}
