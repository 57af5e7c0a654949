package dev.lambdarollouts.crds.rollout;

import com.fasterxml.jackson.annotation.JsonValue;

/** Where a stage is. */
public enum StagePhase {
  PENDING("Pending"),
  DEPLOYING("Deploying"),
  PRE_TRAFFIC("PreTraffic"),
  AWAITING_APPROVAL("AwaitingApproval"),
  SHIFTING("Shifting"),
  PAUSED("Paused"),
  POST_TRAFFIC("PostTraffic"),
  BAKING("Baking"),
  ROLLING_BACK("RollingBack"),
  SUCCEEDED("Succeeded"),
  ROLLED_BACK("RolledBack"),
  REJECTED("Rejected"),
  FAILED("Failed");

  private final String text;

  StagePhase(String text) {
    this.text = text;
  }

  /** As the API writes it. */
  @JsonValue
  @Override
  public String toString() {
    return text;
  }
}
