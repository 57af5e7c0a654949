package dev.lambdarollouts.simulator.sts;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A role that may be assumed, and by whom.
 *
 * @param externalId the external id that its trust policy asks for; null when it asks for none
 * @param trustedAccounts the accounts whose principals may assume it; empty means any
 * @param maxSession MaxSessionDuration, one to twelve hours on AWS
 */
public record Role(
    String arn, @Nullable String externalId, Set<String> trustedAccounts, Duration maxSession) {
  private static final Duration USUAL = Duration.ofHours(1);

  public Role {
    trustedAccounts = Set.copyOf(trustedAccounts);
  }

  /** A role that anyone may assume for an hour. */
  public static Role open(String arn) {
    return new Role(arn, null, Set.of(), USUAL);
  }

  public Role withExternalId(String newExternalId) {
    return new Role(arn, newExternalId, trustedAccounts, maxSession);
  }

  public Role trusting(String... accounts) {
    return new Role(arn, externalId, Set.of(accounts), maxSession);
  }

  public Role withMaxSession(Duration newMaxSession) {
    return new Role(arn, externalId, trustedAccounts, newMaxSession);
  }
}
