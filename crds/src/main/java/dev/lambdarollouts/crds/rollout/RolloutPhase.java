package dev.lambdarollouts.crds.rollout;

import com.fasterxml.jackson.annotation.JsonValue;

/** How a whole rollout stands; the worst of its stages. */
public enum RolloutPhase {
  HEALTHY("Healthy"),
  PROGRESSING("Progressing"),
  PAUSED("Paused"),
  DEGRADED("Degraded");

  private final String text;

  RolloutPhase(String text) {
    this.text = text;
  }

  /** As the API writes it. */
  @JsonValue
  @Override
  public String toString() {
    return text;
  }
}
