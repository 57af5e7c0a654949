package dev.lambdarollouts.simulator.s3;

import dev.lambdarollouts.simulator.protocol.WireRequest;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Conditional requests: If-Match, If-None-Match, If-Modified-Since and If-Unmodified-Since. */
final class Conditions {

  private Conditions() {}

  /**
   * Whether a read is answered with 304 because the client has it already.
   *
   * @throws dev.lambdarollouts.simulator.protocol.AwsError PreconditionFailed
   */
  static boolean notModified(WireRequest request, Bucket.StoredObject object) {
    String match = request.header("If-Match");
    Instant unmodifiedSince = time(request, "If-Unmodified-Since");
    Instant modified = object.modified().truncatedTo(ChronoUnit.SECONDS);
    if (match != null && !names(match, object.etag())) {
      throw S3Errors.preconditionFailed("If-Match");
    }
    if (match == null && unmodifiedSince != null && modified.isAfter(unmodifiedSince)) {
      throw S3Errors.preconditionFailed("If-Unmodified-Since");
    }
    String noneMatch = request.header("If-None-Match");
    if (noneMatch != null) {
      return names(noneMatch, object.etag());
    }
    Instant modifiedSince = time(request, "If-Modified-Since");
    return modifiedSince != null && !modified.isAfter(modifiedSince);
  }

  /** Checks a write against what is there: {@code If-None-Match: *} and {@code If-Match: etag}. */
  static void checkWrite(WireRequest request, String key, Bucket.@Nullable StoredObject current) {
    String match = request.header("If-Match");
    if (match != null && current == null) {
      throw S3Errors.noSuchKey(key);
    }
    if (match != null && current != null && !names(match, current.etag())) {
      throw S3Errors.preconditionFailed("If-Match");
    }
    String noneMatch = request.header("If-None-Match");
    if (noneMatch != null && current != null && names(noneMatch, current.etag())) {
      throw S3Errors.preconditionFailed("If-None-Match");
    }
  }

  private static boolean names(String header, String etag) {
    return Arrays.stream(header.split(",", -1))
        .map(String::strip)
        .anyMatch(one -> one.equals("*") || one.replace("\"", "").equals(etag.replace("\"", "")));
  }

  /** A time that cannot be read is no condition. */
  private static @Nullable Instant time(WireRequest request, String header) {
    String text = request.header(header);
    if (text == null) {
      return null;
    }
    try {
      return ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    } catch (DateTimeException e) {
      return null;
    }
  }
}
