package dev.lambdarollouts.engine.fact;

/**
 * A published version of a function; {@code $LATEST} is none.
 *
 * @param value digits, as AWS gives them
 */
public record VersionNumber(String value) {
  /**
   * False for {@code $LATEST}, where somebody else points an alias at it: nothing to go back to.
   */
  public boolean isPublished() {
    return !value.isEmpty() && value.chars().allMatch(digit -> digit >= '0' && digit <= '9');
  }

  @Override
  public String toString() {
    return value;
  }
}
