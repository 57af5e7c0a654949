package dev.lambdarollouts.crds;

/** The names that all kinds share. */
public final class LambdaRolloutsApi {
  /** The API group. */
  public static final String GROUP = "lambdarollouts.dev";

  /** The only version so far; its fields may still change. */
  public static final String VERSION = "v1alpha1";

  /**
   * {@code kubectl get lambda-rollouts} lists all kinds. Not the plural of a kind: {@code kubectl
   * delete lambdarollouts --all} would then delete all five.
   */
  public static final String CATEGORY = "lambda-rollouts";

  private LambdaRolloutsApi() {}
}
