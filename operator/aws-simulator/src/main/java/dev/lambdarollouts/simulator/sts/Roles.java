package dev.lambdarollouts.simulator.sts;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The roles that exist. While none is registered for an account, every role of that account can be
 * assumed by anyone: there is no IAM here.
 */
public final class Roles {
  private final Map<String, Role> byArn = new ConcurrentHashMap<>();

  public void register(Role role) {
    byArn.put(role.arn(), role);
  }

  /**
   * The role, or an open one where nothing was registered for its account; null if it is unknown.
   */
  @Nullable Role find(String arn) {
    Role role = byArn.get(arn);
    if (role != null) {
      return role;
    }
    String account = account(arn);
    boolean known = byArn.keySet().stream().anyMatch(other -> account(other).equals(account));
    return known ? null : Role.open(arn).withMaxSession(Duration.ofHours(12));
  }

  private static String account(String arn) {
    String[] parts = arn.split(":", -1);
    return parts.length > 4 ? parts[4] : "";
  }
}
