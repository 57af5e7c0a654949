package dev.lambdarollouts.controllers.translate;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What stands against a translation, in the order in which it was found. */
final class Findings {
  private final List<Problem> invalid = new ArrayList<>();
  private final List<String> missing = new ArrayList<>();

  private record Problem(String field, String message) {}

  /** Something that only another spec mends. */
  void invalid(FieldPath field, String message) {
    invalid.add(new Problem(field.toString(), message));
  }

  /** Something that may still come. */
  void missing(String message) {
    missing.add(message);
  }

  /** Takes over what others found. */
  void add(Findings others) {
    invalid.addAll(others.invalid);
    missing.addAll(others.missing);
  }

  boolean any() {
    return !invalid.isEmpty() || !missing.isEmpty();
  }

  /**
   * The outcome that they amount to: the first invalid field, and that there are others; only where
   * all is valid, what is missing.
   *
   * @return absent when nothing was found
   */
  @Nullable StageWanted outcome(@Nullable StagePlace place) {
    if (!invalid.isEmpty()) {
      Problem first = invalid.getFirst();
      return new StageWanted.Invalid(place, first.field(), first.message() + others());
    }
    return missing.isEmpty() ? null : new StageWanted.Missing(place, String.join("; ", missing));
  }

  private String others() {
    List<String> fields =
        invalid.stream()
            .map(Problem::field)
            .distinct()
            .filter(field -> !field.equals(invalid.getFirst().field()))
            .toList();
    return switch (fields.size()) {
      case 0 -> "";
      case 1 -> " (see also " + fields.getFirst() + ")";
      default -> " (see also " + fields.getFirst() + " and " + (fields.size() - 1) + " more)";
    };
  }
}
