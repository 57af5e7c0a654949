package dev.lambdarollouts.crds.action;

import com.fasterxml.jackson.annotation.JsonValue;

/** What a person may ask for; in lower case also the RBAC verb on {@code lambdastages}. */
public enum ActionVerb {
  ABORT("Abort"),
  APPROVE("Approve"),
  PAUSE("Pause"),
  PROMOTE("Promote"),
  PROMOTE_FULLY("PromoteFully"),
  REJECT("Reject"),
  RESUME("Resume"),
  RETRY("Retry"),
  ROLL_BACK("RollBack");

  private final String text;

  ActionVerb(String text) {
    this.text = text;
  }

  /** As the API writes it. */
  @JsonValue
  @Override
  public String toString() {
    return text;
  }
}
