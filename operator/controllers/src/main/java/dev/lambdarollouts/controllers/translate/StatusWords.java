package dev.lambdarollouts.controllers.translate;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Enums that the engine and the API have alike, by the text that stands in a status. */
final class StatusWords {
  private StatusWords() {}

  /** The constant of this text; every text that the engine knows is one of the API's. */
  static <E extends Enum<E>> E write(Class<E> type, Enum<?> word) {
    E found = find(type, word.toString());
    if (found == null) {
      throw new IllegalStateException("the API has no word for " + word);
    }
    return found;
  }

  /** The constant of this text; the API has more of them than this engine. */
  static <E extends Enum<E>> E read(Class<E> type, String text, String field)
      throws UnreadableException {
    E found = find(type, text);
    if (found == null) {
      throw new UnreadableException(
          field,
          "found "
              + text
              + "; this version of the operator knows "
              + Arrays.stream(type.getEnumConstants())
                  .map(Enum::toString)
                  .collect(Collectors.joining(", "))
              + ": run the version that wrote it, or correct it");
    }
    return found;
  }

  private static <E extends Enum<E>> @Nullable E find(Class<E> type, String text) {
    for (E constant : type.getEnumConstants()) {
      if (constant.toString().equals(text)) {
        return constant;
      }
    }
    return null;
  }
}
