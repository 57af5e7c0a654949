package dev.lambdarollouts.crds.function;

/** How callers of a function URL are checked. */
public enum UrlAuthType {
  /** Signed requests of principals that may. */
  AWS_IAM,
  /** Nobody is checked. */
  NONE
}
