package dev.lambdarollouts.aws;

/**
 * Who this installation is, from its identity Secret.
 *
 * @param id as it stands in functions' tags
 * @param key names releases (HMAC-SHA256); at least 16 bytes; never shown
 */
// The key is compared nowhere; a copy goes in and a copy comes out.
@SuppressWarnings("ArrayRecordComponent")
public record InstallationIdentity(String id, byte[] key) {
  private static final int LEAST_KEY_BYTES = 16;

  public InstallationIdentity {
    if (id.isBlank()) {
      throw new IllegalArgumentException("the installation's id is empty");
    }
    if (key.length < LEAST_KEY_BYTES) {
      throw new IllegalArgumentException(
          "the installation's key has "
              + key.length
              + " bytes, it needs at least "
              + LEAST_KEY_BYTES);
    }
    key = key.clone();
  }

  @Override
  public byte[] key() {
    return key.clone();
  }

  @Override
  public String toString() {
    return "InstallationIdentity[" + id + "]";
  }
}
