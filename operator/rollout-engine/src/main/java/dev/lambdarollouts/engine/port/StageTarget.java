package dev.lambdarollouts.engine.port;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a stage runs and with whose rights.
 *
 * @param accountId refused when the credentials are another account's
 * @param assumedRole absent: the operator's own credentials
 */
public record StageTarget(String accountId, String region, @Nullable AssumedRole assumedRole) {

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
