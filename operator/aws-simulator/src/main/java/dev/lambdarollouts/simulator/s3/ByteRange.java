package dev.lambdarollouts.simulator.s3;

import dev.lambdarollouts.simulator.protocol.AwsError;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One range of bytes, both ends inclusive. */
record ByteRange(int first, int last) {
  private static final Pattern HEADER = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

  /**
   * The range that a Range header asks for; null for the whole object: without a header, and for
   * several ranges or what cannot be read, which S3 ignores.
   *
   * @throws AwsError InvalidRange when it begins behind the end
   */
  static @Nullable ByteRange of(@Nullable String header, int length) {
    Matcher parts = HEADER.matcher(header == null ? "" : header);
    if (header == null || !parts.matches()) {
      return null;
    }
    String from = parts.group(1);
    String to = parts.group(2);
    if (from.isEmpty() && to.isEmpty()) {
      return null;
    }
    long first = from.isEmpty() ? Math.max(0, length - Long.parseLong(to)) : Long.parseLong(from);
    long last = from.isEmpty() || to.isEmpty() ? length - 1L : Long.parseLong(to);
    if (!from.isEmpty() && last < first && !to.isEmpty()) {
      return null;
    }
    boolean emptyEnd = from.isEmpty() && Long.parseLong(to) == 0;
    if (first >= length || emptyEnd) {
      throw new AwsError("InvalidRange", 416, "The requested range is not satisfiable")
          .with("RangeRequested", header)
          .with("ActualObjectSize", String.valueOf(length));
    }
    return new ByteRange((int) first, (int) Math.min(last, length - 1L));
  }
}
