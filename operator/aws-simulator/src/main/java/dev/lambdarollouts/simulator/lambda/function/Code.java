package dev.lambdarollouts.simulator.lambda.function;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What a version runs: a zip, or an image by its URI.
 *
 * @param sha256 CodeSha256 as AWS shows it: base64 for a zip, hexadecimal for an image
 * @param size bytes of the zip; 0 for an image
 */
@SuppressWarnings(
    "ArrayRecordComponent") // bytes are handed on as they are: never changed, never compared
public record Code(byte @Nullable [] zip, @Nullable String imageUri, String sha256, long size) {

  public static Code ofZip(byte[] zip) {
    return new Code(zip, null, Base64.getEncoder().encodeToString(sha256(zip)), zip.length);
  }

  /** An image's digest is in its URI, or is made from the URI: there is no registry here. */
  public static Code ofImage(String uri) {
    int at = uri.indexOf("@sha256:");
    String digest =
        at >= 0
            ? uri.substring(at + "@sha256:".length())
            : HexFormat.of().formatHex(sha256(uri.getBytes(StandardCharsets.UTF_8)));
    return new Code(null, uri, digest, 0);
  }

  /** The image's URI by digest instead of by tag. */
  public String resolvedImageUri() {
    String uri = imageUri == null ? "" : imageUri;
    int at = uri.indexOf('@');
    String repository = at >= 0 ? uri.substring(0, at) : uri;
    int tag = repository.indexOf(':', repository.lastIndexOf('/') + 1);
    return (tag >= 0 ? repository.substring(0, tag) : repository) + "@sha256:" + sha256;
  }

  /** The digest in hexadecimal, whatever it is of. */
  public String hexSha256() {
    return imageUri == null ? HexFormat.of().formatHex(Base64.getDecoder().decode(sha256)) : sha256;
  }

  public static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
