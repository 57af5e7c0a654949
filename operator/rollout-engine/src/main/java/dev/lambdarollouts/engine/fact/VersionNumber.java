package dev.lambdarollouts.engine.fact;

/**
 * A published version of a function; {@code $LATEST} is none.
 *
 * @param value digits, as AWS gives them
 */
public record VersionNumber(String value) {
  @Override
  public String toString() {
    return value;
  }
}
