package dev.lambdarollouts.simulator.s3;

import dev.lambdarollouts.simulator.protocol.AwsChunked;
import dev.lambdarollouts.simulator.protocol.AwsError;
import dev.lambdarollouts.simulator.protocol.WireRequest;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The checksum that S3 keeps of an object.
 *
 * @param type {@code FULL_OBJECT}, or {@code COMPOSITE} over the checksums of parts
 */
record ObjectChecksum(ChecksumAlgorithm algorithm, String value, String type) {
  static final String FULL_OBJECT = "FULL_OBJECT";
  static final String COMPOSITE = "COMPOSITE";

  static ObjectChecksum of(ChecksumAlgorithm algorithm, byte[] body) {
    return new ObjectChecksum(algorithm, algorithm.of(body), FULL_OBJECT);
  }

  /**
   * Checks what a request says of its body.
   *
   * @param usual what to compute when the request says nothing
   * @throws AwsError BadDigest when the body is another
   */
  static ObjectChecksum checked(WireRequest request, byte[] body, ChecksumAlgorithm usual) {
    String md5 = request.header("Content-MD5");
    if (md5 != null
        && !md5.equals(Base64.getEncoder().encodeToString(ChecksumAlgorithm.digest("MD5", body)))) {
      throw new AwsError(
          "BadDigest", 400, "The Content-MD5 you specified did not match what we received.");
    }
    for (ChecksumAlgorithm algorithm : ChecksumAlgorithm.values()) {
      String said = said(request, algorithm);
      if (said != null) {
        ObjectChecksum real = of(algorithm, body);
        if (!real.value().equals(said)) {
          throw new AwsError(
              "BadDigest",
              400,
              "The " + algorithm + " you specified did not match the calculated checksum.");
        }
        return real;
      }
    }
    String named = request.header("x-amz-sdk-checksum-algorithm");
    ChecksumAlgorithm algorithm = named == null ? null : ChecksumAlgorithm.named(named);
    return of(algorithm == null ? usual : algorithm, body);
  }

  /** In a header, or in a trailer behind a body in chunks. */
  private static @Nullable String said(WireRequest request, ChecksumAlgorithm algorithm) {
    String header = request.header(algorithm.header());
    return header == null ? AwsChunked.trailers(request).get(algorithm.header()) : header;
  }
}
