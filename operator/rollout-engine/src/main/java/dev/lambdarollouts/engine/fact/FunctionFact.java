package dev.lambdarollouts.engine.fact;

/** The function's {@code $LATEST} against the release that is to be published from it. */
public sealed interface FunctionFact {

  /** Not asked for: nothing is being deployed. */
  record NotRead() implements FunctionFact {}

  /** Could not be read. */
  record Unknown(AwsFailure failure) implements FunctionFact {}

  /** There is no such function. */
  record Absent() implements FunctionFact {}

  /**
   * It belongs to somebody else, or to nobody: not ours to touch.
   *
   * @param owner for people: who it is, or that it carries no mark
   */
  record OwnedByAnother(String owner) implements FunctionFact {}

  /** It is there, and no rollout has it: its tags name no owner. It may become ours. */
  record Unclaimed() implements FunctionFact {}

  /** Others configure and publish it, and its tags name this owner. */
  record Claimed() implements FunctionFact {}

  /** AWS is still at work on it (Pending, InProgress); look again soon. */
  record Settling(String what) implements FunctionFact {}

  /**
   * It differs from the release.
   *
   * @param next the step that comes next
   * @param created the operator made it: what reaches its {@code $LATEST} is nobody's business
   */
  record Behind(DeployStep next, boolean created) implements FunctionFact {
    /** Of a function that the operator made. */
    public Behind(DeployStep next) {
      this(next, true);
    }
  }

  /** It is exactly what the release says and settled. */
  record Ready(String codeSha256) implements FunctionFact {}

  /** One mutation of {@code $LATEST}. */
  enum DeployStep {
    /** CreateFunction. */
    CREATE("creation"),
    /** UpdateFunctionConfiguration. */
    CONFIGURATION("configuration"),
    /** UpdateFunctionCode. */
    CODE("code");

    private final String text;

    DeployStep(String text) {
      this.text = text;
    }

    /** For people. */
    public String text() {
      return text;
    }
  }
}
