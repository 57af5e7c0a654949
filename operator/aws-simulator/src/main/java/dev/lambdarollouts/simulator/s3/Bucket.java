package dev.lambdarollouts.simulator.s3;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A bucket: objects by key, each with its versions, newest last. Guarded by the timeline's lock.
 */
final class Bucket {
  /** The version id of what is put while a bucket has no versioning, or has it suspended. */
  static final String NO_VERSION = "null";

  private static final byte[] NOTHING = new byte[0];

  private final String owner;
  private final String region;
  private final Instant created;
  private final NavigableMap<String, List<StoredObject>> objects = new TreeMap<>();
  private final NavigableMap<String, MultipartUpload> uploads = new TreeMap<>();
  private String versioning = "";

  Bucket(String owner, String region, Instant created) {
    this.owner = owner;
    this.region = region;
    this.created = created;
  }

  /**
   * One version of an object.
   *
   * @param headers what the object was put with and is given back with, Content-Type among them
   * @param versionId {@code null} as text while the bucket has no versioning, as on S3
   * @param deleted a delete marker
   * @param checksum null for a delete marker
   */
  @SuppressWarnings(
      "ArrayRecordComponent") // bytes are handed on as they are: never changed, never compared
  record StoredObject(
      byte[] body,
      String etag,
      Map<String, String> headers,
      Instant modified,
      String versionId,
      boolean deleted,
      @Nullable ObjectChecksum checksum) {

    static StoredObject deleteMarker(Instant at, String versionId) {
      return new StoredObject(NOTHING, "", Map.of(), at, versionId, true, null);
    }
  }

  String owner() {
    return owner;
  }

  String region() {
    return region;
  }

  Instant created() {
    return created;
  }

  NavigableMap<String, List<StoredObject>> objects() {
    return objects;
  }

  /** Uploads in parts that are under way, by their id. */
  NavigableMap<String, MultipartUpload> uploads() {
    return uploads;
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
    if (object.versionId().equals(NO_VERSION)) {
      versions.removeIf(version -> version.versionId().equals(NO_VERSION));
    }
    versions.add(object);
  }

  /** The newest version, delete markers included. */
  @Nullable StoredObject newest(String key) {
    List<StoredObject> versions = objects.get(key);
    return versions == null || versions.isEmpty() ? null : versions.getLast();
  }

  /** The newest version, if it is an object and not a delete marker. */
  @Nullable StoredObject current(String key) {
    StoredObject newest = newest(key);
    return newest == null || newest.deleted() ? null : newest;
  }

  @Nullable StoredObject version(String key, String versionId) {
    for (StoredObject version : objects.getOrDefault(key, List.of())) {
      if (version.versionId().equals(versionId)) {
        return version;
      }
    }
    return null;
  }

  /** Removes one version for good, and gives it. */
  @Nullable StoredObject remove(String key, String versionId) {
    StoredObject found = version(key, versionId);
    List<StoredObject> versions = objects.get(key);
    if (found != null && versions != null) {
      versions.remove(found);
      if (versions.isEmpty()) {
        objects.remove(key);
      }
    }
    return found;
  }
}
