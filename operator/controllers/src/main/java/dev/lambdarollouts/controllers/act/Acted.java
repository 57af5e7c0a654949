package dev.lambdarollouts.controllers.act;

import dev.lambdarollouts.engine.fact.AwsFailure;

/** What became of carrying out a decision. */
public sealed interface Acted {

  /** There was nothing to do. */
  record Nothing() implements Acted {}

  /** It was done; what AWS replied is remembered. */
  record Done() implements Acted {}

  /** It was tried, and nobody knows more than this. */
  record Failed(AwsFailure failure) implements Acted {}

  /** The same failed only just now: it is not tried yet. */
  record TooSoon() implements Acted {}

  /** Nothing of the stage is left to do. */
  record LetGo() implements Acted {}
}
