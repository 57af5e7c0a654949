package dev.lambdarollouts.engine.port;

/**
 * Whose function it is, as it stands in the function's tags.
 *
 * @param installation id of this installation
 */
public record Owner(String installation, String namespace, String rollout) {
  /** {@code <installation>/<namespace>/<rollout>}, as {@code take-over-from} names it. */
  @Override
  public String toString() {
    return installation + "/" + namespace + "/" + rollout;
  }
}
