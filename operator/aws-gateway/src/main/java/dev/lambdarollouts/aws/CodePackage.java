package dev.lambdarollouts.aws;

import dev.lambdarollouts.engine.port.FunctionDefinition.Code;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import software.amazon.awssdk.core.SdkBytes;

/**
 * A definition's code as it is sent to AWS and recognised there.
 *
 * <ul>
 *   <li>Files are zipped here, so their CodeSha256 is known.
 *   <li>An image is recognised by the ImageUri that GetFunction reports.
 *   <li>AWS does not tell which S3 object a function was made from: what was sent and the
 *       CodeSha256 that came of it are remembered. After a restart nothing is known and it is sent
 *       again, which changes nothing in AWS where it is the same code.
 * </ul>
 */
sealed interface CodePackage {

  /** A package made here. */
  record Zip(SdkBytes bytes, String codeSha256) implements CodePackage {}

  /** A container image. */
  record Image(String uri) implements CodePackage {}

  /** An object in S3. */
  record S3(Code.S3 object) implements CodePackage {}

  static CodePackage of(Code code) {
    return switch (code) {
      case Code.Files files -> {
        byte[] zip = ReproducibleZip.of(files.files());
        yield new Zip(SdkBytes.fromByteArray(zip), sha256(zip));
      }
      case Code.Image image -> new Image(image.uri());
      case Code.S3 object -> new S3(object);
    };
  }

  private static String sha256(byte[] bytes) {
    try {
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
