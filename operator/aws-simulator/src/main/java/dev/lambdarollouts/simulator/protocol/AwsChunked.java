package dev.lambdarollouts.simulator.protocol;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Bodies that clients send in aws-chunked encoding: each chunk with its length in hexadecimal (and
 * a signature, which is not checked) before it, checksums as trailers behind the last.
 */
public final class AwsChunked {

  private AwsChunked() {}

  /** The request's body, decoded if it is encoded so. */
  public static byte[] decode(WireRequest request) {
    return isChunked(request) ? decode(request.body(), new LinkedHashMap<>()) : request.body();
  }

  /** The trailers behind the last chunk, such as checksums, by their names in lower case. */
  public static Map<String, String> trailers(WireRequest request) {
    Map<String, String> trailers = new LinkedHashMap<>();
    if (isChunked(request)) {
      decode(request.body(), trailers);
    }
    return trailers;
  }

  private static boolean isChunked(WireRequest request) {
    String encoding = request.header("Content-Encoding");
    String hash = request.header("X-Amz-Content-Sha256");
    return (encoding != null && encoding.contains("aws-chunked"))
        || (hash != null && hash.startsWith("STREAMING-"));
  }

  private static byte[] decode(byte[] body, Map<String, String> trailers) {
    ByteArrayOutputStream decoded = new ByteArrayOutputStream(body.length);
    int position = 0;
    while (position < body.length) {
      int end = endOfLine(body, position);
      String line = new String(body, position, end - position, StandardCharsets.US_ASCII);
      int length = length(line.split(";", 2)[0].strip());
      position = end + 2;
      if (length == 0) {
        readTrailers(body, position, trailers);
        break;
      }
      if (length > body.length - position) {
        throw incomplete();
      }
      decoded.write(body, position, length);
      position += length + 2;
    }
    return decoded.toByteArray();
  }

  private static int length(String hexadecimal) {
    try {
      return Integer.parseUnsignedInt(hexadecimal, 16) & Integer.MAX_VALUE;
    } catch (NumberFormatException e) {
      throw incomplete();
    }
  }

  private static AwsError incomplete() {
    return new AwsError("IncompleteBody", 400, "The request body terminated unexpectedly");
  }

  private static void readTrailers(byte[] body, int from, Map<String, String> trailers) {
    new String(body, from, body.length - from, StandardCharsets.US_ASCII)
        .lines()
        .map(line -> line.split(":", 2))
        .filter(parts -> parts.length == 2)
        .forEach(
            parts -> trailers.put(parts[0].strip().toLowerCase(Locale.ROOT), parts[1].strip()));
  }

  private static int endOfLine(byte[] body, int from) {
    for (int i = from; i + 1 < body.length; i++) {
      if (body[i] == '\r' && body[i + 1] == '\n') {
        return i;
      }
    }
    throw incomplete();
  }
}
