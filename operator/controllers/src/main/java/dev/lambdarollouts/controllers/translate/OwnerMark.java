package dev.lambdarollouts.controllers.translate;

import dev.lambdarollouts.engine.port.Owner;

/** An owner, short enough for the Description of an alias. */
public final class OwnerMark {
  private OwnerMark() {}

  /** The first ten hexadecimal digits of the SHA-256 of {@code <installation>/<ns>/<rollout>}. */
  public static String hash(Owner owner) {
    return ShortHash.of(owner.toString());
  }
}
