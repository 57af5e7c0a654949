package dev.lambdarollouts.engine.fact;

/**
 * Names everything that a published version freezes.
 *
 * @param value algorithm number and digest: {@code 1-5f1c9a0b7d}
 */
public record ReleaseId(String value) {
  @Override
  public String toString() {
    return value;
  }
}
