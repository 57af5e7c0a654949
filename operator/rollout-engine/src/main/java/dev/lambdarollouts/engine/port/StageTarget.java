package dev.lambdarollouts.engine.port;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a stage runs and with whose rights.
 *
 * @param accountId refused when the credentials are another account's
 * @param assumedRole absent: other credentials
 * @param keys absent, as the role is: the operator's own credentials
 */
public record StageTarget(
    String accountId,
    String region,
    @Nullable AssumedRole assumedRole,
    @Nullable AccessKeySecret keys) {

  /** With the operator's own credentials or a role to take on from them. */
  public StageTarget(String accountId, String region, @Nullable AssumedRole assumedRole) {
    this(accountId, region, assumedRole, null);
  }

  /** The Secret that holds access keys, by its name: what is in it may change at any moment. */
  public record AccessKeySecret(String namespace, String name) {
    /** {@code Secret shop/aws-prod}. */
    @Override
    public String toString() {
      return "Secret " + namespace + "/" + name;
    }
  }

  /**
   * A role to take on before any call.
   *
   * @param sessionDuration absent: STS' own default of an hour
   * @param sessionTags who it is for: namespace, rollout's stage
   */
  public record AssumedRole(
      String roleArn,
      @Nullable String externalId,
      @Nullable Duration sessionDuration,
      Map<String, String> sessionTags) {
    public AssumedRole {
      sessionTags = Map.copyOf(sessionTags);
    }
  }
}
