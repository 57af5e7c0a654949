package dev.lambdarollouts.engine.port;

import org.jspecify.annotations.Nullable;

/**
 * Access keys of an AWS user, or of a session. Their text form never shows anything of them.
 *
 * @param sessionToken of temporary keys; absent for a user's
 */
public record AccessKeys(
    String accessKeyId, String secretAccessKey, @Nullable String sessionToken) {
  /** Nothing of them. */
  @Override
  public String toString() {
    return "AccessKeys[***]";
  }
}
