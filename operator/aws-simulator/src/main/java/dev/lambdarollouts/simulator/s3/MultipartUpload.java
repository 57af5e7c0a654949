package dev.lambdarollouts.simulator.s3;

import java.time.Instant;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** An upload in parts that is under way. Guarded by the timeline's lock. */
final class MultipartUpload {
  private final String id;
  private final String key;
  private final Map<String, String> headers;
  private final Instant initiated;
  private final ChecksumAlgorithm algorithm;
  private final String checksumType;
  private final NavigableMap<Integer, Part> parts = new TreeMap<>();

  MultipartUpload(
      String id,
      String key,
      Map<String, String> headers,
      Instant initiated,
      ChecksumAlgorithm algorithm,
      String checksumType) {
    this.id = id;
    this.key = key;
    this.headers = Map.copyOf(headers);
    this.initiated = initiated;
    this.algorithm = algorithm;
    this.checksumType = checksumType;
  }

  /** A part that was uploaded; another of the same number replaces it. */
  @SuppressWarnings(
      "ArrayRecordComponent") // bytes are handed on as they are: never changed, never compared
  record Part(byte[] body, String etag, ObjectChecksum checksum, Instant modified) {}

  String id() {
    return id;
  }

  String key() {
    return key;
  }

  Map<String, String> headers() {
    return headers;
  }

  Instant initiated() {
    return initiated;
  }

  ChecksumAlgorithm algorithm() {
    return algorithm;
  }

  String checksumType() {
    return checksumType;
  }

  NavigableMap<Integer, Part> parts() {
    return parts;
  }
}
