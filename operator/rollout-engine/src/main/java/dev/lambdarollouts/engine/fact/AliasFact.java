package dev.lambdarollouts.engine.fact;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The stage's alias, as last seen. */
public sealed interface AliasFact {

  /** It does not exist. */
  record Missing(Instant at) implements AliasFact {}

  /**
   * It exists.
   *
   * @param revisionId of this very reading; fences the next change
   * @param mark absent when its Description is not ours
   * @param at when AWS answered
   * @param source whether it was read, or is the reply to our own change
   */
  record Present(
      AliasTarget target, String revisionId, @Nullable AliasMark mark, Instant at, Source source)
      implements AliasFact {}

  /** It could not be read; what it was before says nothing. */
  record Unknown(AwsFailure failure) implements AliasFact {}

  /** It was not asked for: nothing of this stage can have an alias yet, or the stage is invalid. */
  record NotRead() implements AliasFact {}

  /** Where a {@link Present} comes from. */
  enum Source {
    /** GetAlias. */
    READ,
    /** The reply to CreateAlias or UpdateAlias. */
    REPLY
  }
}
