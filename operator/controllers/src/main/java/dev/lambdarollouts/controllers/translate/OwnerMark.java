package dev.lambdarollouts.controllers.translate;

import dev.lambdarollouts.engine.port.Owner;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** An owner, short enough for the Description of an alias. */
public final class OwnerMark {
  /** 40 bits: enough to tell the few owners apart that one function may ever have had. */
  private static final int BYTES = 5;

  private OwnerMark() {}

  /** The first ten hexadecimal digits of the SHA-256 of {@code <installation>/<ns>/<rollout>}. */
  public static String hash(Owner owner) {
    return digest(owner.toString());
  }

  static String digest(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, BYTES);
    } catch (NoSuchAlgorithmException everyJvmHasIt) {
      throw new IllegalStateException(everyJvmHasIt);
    }
  }
}
