package dev.lambdarollouts.simulator.protocol;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Bodies that clients send in aws-chunked encoding: each chunk with its length in hexadecimal (and
 * a signature, which is not checked) before it, checksums as trailers behind the last.
 */
public final class AwsChunked {

  private AwsChunked() {}

  /** The request's body, decoded if it is encoded so. */
  public static byte[] decode(WireRequest request) {
    String encoding = request.header("Content-Encoding");
    String hash = request.header("X-Amz-Content-Sha256");
    boolean chunked =
        (encoding != null && encoding.contains("aws-chunked"))
            || (hash != null && hash.startsWith("STREAMING-"));
    return chunked ? decode(request.body()) : request.body();
  }

  private static byte[] decode(byte[] body) {
    ByteArrayOutputStream decoded = new ByteArrayOutputStream(body.length);
    int position = 0;
    while (position < body.length) {
      int end = endOfLine(body, position);
      String line = new String(body, position, end - position, StandardCharsets.US_ASCII);
      int length = Integer.parseInt(line.split(";", 2)[0].trim(), 16);
      position = end + 2;
      if (length == 0) {
        break;
      }
      if (position + length > body.length) {
        throw new AwsError("IncompleteBody", 400, "The request body terminated unexpectedly");
      }
      decoded.write(body, position, length);
      position += length + 2;
    }
    return decoded.toByteArray();
  }

  private static int endOfLine(byte[] body, int from) {
    for (int i = from; i + 1 < body.length; i++) {
      if (body[i] == '\r' && body[i + 1] == '\n') {
        return i;
      }
    }
    throw new AwsError("IncompleteBody", 400, "The request body terminated unexpectedly");
  }
}
