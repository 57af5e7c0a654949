package dev.lambdarollouts.app.cluster;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who this installation is, for good: by its id it marks what it owns in AWS, under its key it
 * names releases. The key is in no text form.
 */
public final class InstallationIdentity {

  private final String id;
  private final byte[] key;

  InstallationIdentity(String id, byte[] key) {
    this.id = id;
    this.key = key.clone();
  }

  /** 16 hexadecimal digits. */
  public String id() {
    return id;
  }

  /** At least 32 bytes, for HMAC-SHA256. */
  public byte[] key() {
    return key.clone();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof InstallationIdentity that
        && id.equals(that.id)
        && Arrays.equals(key, that.key);
  }

  @Override
  public int hashCode() {
    return Objects.hash(id, Arrays.hashCode(key));
  }

  @Override
  public String toString() {
    return id;
  }
}
