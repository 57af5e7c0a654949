package dev.lambdarollouts.simulator.s3;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A bucket: objects by key, each with its versions, newest last. Guarded by the timeline's lock.
 */
final class Bucket {
  private final String owner;
  private final String region;
  private final NavigableMap<String, List<StoredObject>> objects = new TreeMap<>();
  private String versioning = "";

  Bucket(String owner, String region) {
    this.owner = owner;
    this.region = region;
  }

  /**
   * One version of an object.
   *
   * @param versionId {@code null} as text while the bucket has no versioning, as on S3
   * @param deleted a delete marker
   */
  @SuppressWarnings(
      "ArrayRecordComponent") // bytes are handed on as they are: never changed, never compared
  record StoredObject(
      byte[] body,
      String etag,
      String contentType,
      Instant modified,
      String versionId,
      boolean deleted) {}

  String owner() {
    return owner;
  }

  String region() {
    return region;
  }

  NavigableMap<String, List<StoredObject>> objects() {
    return objects;
  }

  /** {@code Enabled}, {@code Suspended}, or empty when it was never set. */
  String versioning() {
    return versioning;
  }

  void versioning(String status) {
    versioning = status;
  }

  boolean versioned() {
    return versioning.equals("Enabled");
  }

  void put(String key, StoredObject object) {
    List<StoredObject> versions = objects.computeIfAbsent(key, name -> new ArrayList<>());
    if (!versioned()) {
      versions.removeIf(version -> version.versionId().equals("null"));
    }
    versions.add(object);
  }

  /** The newest version, delete markers included. */
  @Nullable StoredObject newest(String key) {
    List<StoredObject> versions = objects.get(key);
    return versions == null || versions.isEmpty() ? null : versions.getLast();
  }

  @Nullable StoredObject version(String key, String versionId) {
    for (StoredObject version : objects.getOrDefault(key, List.of())) {
      if (version.versionId().equals(versionId)) {
        return version;
      }
    }
    return null;
  }
}
