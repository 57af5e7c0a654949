package dev.lambdarollouts.crds.function;

import com.fasterxml.jackson.annotation.JsonValue;

/** The instruction sets of Lambda. */
public enum Architecture {
  ARM64("arm64"),
  X86_64("x86_64");

  private final String text;

  Architecture(String text) {
    this.text = text;
  }

  /** As the API writes it. */
  @JsonValue
  @Override
  public String toString() {
    return text;
  }
}
