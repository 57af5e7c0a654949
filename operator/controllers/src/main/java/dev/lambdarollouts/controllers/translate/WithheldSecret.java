package dev.lambdarollouts.controllers.translate;

import dev.lambdarollouts.controllers.translate.ConfigSource.Lookup;
import org.jspecify.annotations.Nullable;

/**
 * Secrets that no function may copy into its environment: keys to an account, and the
 * installation's own. Whoever may write a LambdaFunction may read in AWS what it copies, which is
 * more people than may write a LambdaStage.
 */
public final class WithheldSecret {
  /** Holds the installation's identity, in the operator's own namespace. */
  public static final String IDENTITY = "lambda-rollouts-identity";

  private WithheldSecret() {}

  /**
   * Why a function may not have a Secret, and what to do; never a value.
   *
   * @param stage that takes its access keys from it; absent where none does
   * @return absent when it may
   */
  static @Nullable String why(String secret, Lookup lookup, @Nullable String stage) {
    if (secret.equals(IDENTITY)) {
      return "Secret "
          + secret
          + " is this installation's identity, which no function may read: name another Secret";
    }
    if (stage != null) {
      return "Secret "
          + secret
          + " holds the AWS access keys of LambdaStage "
          + stage
          + ", which no function may read: name another Secret";
    }
    return lookup instanceof Lookup.Found(var data) && data.containsKey(AccessKeyReading.SECRET)
        ? "Secret "
            + secret
            + " has the key "
            + AccessKeyReading.SECRET
            + ", and no function may read AWS access keys: give the function a role, and name"
            + " another Secret or remove the key"
        : null;
  }
}
