package dev.lambdarollouts.engine.progress;

/** Where a stage is; api.md, How a stage goes. */
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

  /** Nothing is under way; left only for another desired release or by Retry. */
  public boolean atRest() {
    return this == SUCCEEDED || isRejection();
  }

  /** The release that this stage was asked for is refused here. */
  public boolean isRejection() {
    return this == ROLLED_BACK || this == REJECTED || this == FAILED;
  }

  /**
   * An attempt runs that may have given the candidate traffic: from here on alarms can take it
   * back.
   */
  public boolean mayHaveTraffic() {
    return this == SHIFTING || this == PAUSED || this == POST_TRAFFIC || this == BAKING;
  }

  /** Traffic may have to be taken back, or is being taken back. */
  public boolean mayGoBack() {
    return mayHaveTraffic() || this == ROLLING_BACK;
  }

  /** An attempt runs and is not going back. */
  public boolean underWay() {
    return this == DEPLOYING
        || this == PRE_TRAFFIC
        || this == AWAITING_APPROVAL
        || mayHaveTraffic();
  }

  /** As the API writes it. */
  @Override
  public String toString() {
    return text;
  }
}
