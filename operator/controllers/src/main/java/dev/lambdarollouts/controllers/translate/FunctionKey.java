package dev.lambdarollouts.controllers.translate;

/**
 * One function in AWS. Stages that mean the same one share its {@code $LATEST}; two rollouts may
 * not (api.md, What must always hold, 12).
 */
public record FunctionKey(String accountId, String region, String functionName) {
  /** For people: {@code function hello-prod in us-east-1 of account 111122223333}. */
  @Override
  public String toString() {
    return "function " + functionName + " in " + region + " of account " + accountId;
  }
}
