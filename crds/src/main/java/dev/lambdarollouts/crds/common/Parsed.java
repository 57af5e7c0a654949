package dev.lambdarollouts.crds.common;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A spec or a status as it was read: either typed, or the tree as it stands with what is wrong in
 * it. Reading never fails, so that one stored object from an older or a newer CRD stops no
 * informer; it is for the reader to say {@code InvalidSpec} (spec) or to hold (status), by name.
 *
 * <p>Written again, a value that was read is the same tree: nothing is lost, not even what could
 * not be read. Only free text of our own stands in {@code problem}, never a value of the object
 * other than an unknown word of an enum: it may be shown.
 *
 * @param <T> the record that the tree should be
 */
@JsonDeserialize(using = ParsedReader.class)
@JsonSerialize(using = ParsedWriter.class)
public sealed interface Parsed<T> {

  /**
   * Everything could be read.
   *
   * @param value what stands there
   * @param unknownFields paths of fields that this version does not know, in a status only (written
   *     by a newer operator); in a spec they make it {@link Invalid}, because what a user asks for
   *     is never ignored
   * @param raw the whole tree, kept only where there are unknown fields
   */
  record Valid<T>(T value, List<String> unknownFields, @Nullable JsonNode raw)
      implements Parsed<T> {
    public Valid {
      unknownFields = List.copyOf(unknownFields);
    }

    /** Without the tree, which holds what the value's own text form may leave out. */
    @Override
    public String toString() {
      return "Valid[" + value + ", unknown fields " + unknownFields + "]";
    }
  }

  /**
   * Something could not be read; the first such thing is named.
   *
   * @param raw the tree as it stands
   * @param field where, like {@code spec.stages[0].strategy.onDeadline}
   * @param problem what is wrong there and what to do, to be read after the field's name
   */
  record Invalid<T>(JsonNode raw, String field, String problem) implements Parsed<T> {
    /** Field and problem in one sentence, for a condition's message. */
    public String message() {
      return field + ": " + problem;
    }

    /** Without the tree, which may hold what should not be logged. */
    @Override
    public String toString() {
      return "Invalid[" + message() + "]";
    }
  }

  /** A value of our own, to be written. */
  static <T> Parsed<T> of(T value) {
    return new Valid<>(value, List.of(), null);
  }

  /** The value, where it could be read. */
  default Optional<T> valid() {
    return switch (this) {
      case Valid<T> valid -> Optional.of(valid.value());
      case Invalid<T> _ -> Optional.empty();
    };
  }
}
