package dev.lambdarollouts.controllers.model;

import dev.lambdarollouts.engine.fact.AliasTarget;
import org.jspecify.annotations.Nullable;

/** Sees what the operator asks of aliases, and what it is told of them. */
public interface AliasWitness {
  /** Nobody looks. */
  AliasWitness NONE = new AliasWitness() {};

  /** The operator was told of an alias with this RevisionId. */
  default void told(String revisionId) {}

  /**
   * The operator asked AWS to create or update an alias, and the call arrived.
   *
   * @param alias {@code function:alias}
   * @param before where it was; absent when there was none
   * @param after where it is to be
   * @param revisionId that the call carries; absent with CreateAlias
   * @param effective it is not refused
   */
  default void asked(
      String alias,
      @Nullable AliasTarget before,
      AliasTarget after,
      @Nullable String revisionId,
      boolean effective) {}
}
