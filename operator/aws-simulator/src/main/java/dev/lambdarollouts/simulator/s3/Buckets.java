package dev.lambdarollouts.simulator.s3;

import dev.lambdarollouts.simulator.service.Location;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** All buckets; their names are one space over all accounts. Guarded by the timeline's lock. */
final class Buckets {
  private final Map<String, Bucket> byName = new TreeMap<>();
  private final RandomGenerator random;

  Buckets(RandomGenerator random) {
    this.random = random;
  }

  Map<String, Bucket> all() {
    return byName;
  }

  /** The bucket, if it is the account's: there are no bucket policies here. */
  Bucket own(String account, String name) {
    Bucket bucket = byName.get(name);
    if (bucket == null) {
      throw S3Errors.noSuchBucket(name);
    }
    if (!bucket.owner().equals(account)) {
      throw S3Errors.accessDenied();
    }
    return bucket;
  }

  /** The account's own bucket, if the endpoint of the caller's region is the one it is behind. */
  Bucket reached(Location caller, String name) {
    Bucket bucket = own(caller.account(), name);
    if (!bucket.region().equals(caller.region())) {
      throw S3Errors.permanentRedirect(name, bucket.region());
    }
    return bucket;
  }

  /** What a caller reads: the newest version or the one asked for. */
  Bucket.StoredObject object(
      Location caller, String bucket, String key, @Nullable String versionId) {
    return object(reached(caller, bucket), key, versionId);
  }

  /** The newest version of an object or the one asked for. */
  static Bucket.StoredObject object(Bucket bucket, String key, @Nullable String versionId) {
    if (versionId == null) {
      Bucket.StoredObject current = bucket.current(key);
      if (current == null) {
        throw S3Errors.noSuchKey(key);
      }
      return current;
    }
    Bucket.StoredObject version = bucket.version(key, versionId);
    if (version == null) {
      throw S3Errors.noSuchVersion(key, versionId);
    }
    if (version.deleted()) {
      throw S3Errors.isDeleteMarker();
    }
    return version;
  }

  /** An id for a version or an upload. */
  String newId() {
    byte[] raw = new byte[24];
    random.nextBytes(raw);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(raw);
  }

  static String etag(byte[] body) {
    return "\"" + HexFormat.of().formatHex(ChecksumAlgorithm.digest("MD5", body)) + "\"";
  }
}
