package dev.lambdarollouts.crds.common;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the operator reports on an object. Written by nobody else; a field that this version does
 * not know was written by a newer one and is tolerated (see {@link Parsed.Valid#unknownFields()}).
 */
public interface Status {
  /** The {@code metadata.generation} that this status is about; absent before the first look. */
  @Nullable Long observedGeneration();

  /** At most one of a type. */
  List<Condition> conditions();
}
