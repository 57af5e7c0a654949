package dev.lambdarollouts.simulator.s3;

import dev.lambdarollouts.simulator.protocol.AwsError;
import dev.lambdarollouts.simulator.service.Location;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All buckets; their names are one space over all accounts. Guarded by the timeline's lock. */
final class Buckets {
  private final Map<String, Bucket> byName = new TreeMap<>();

  Map<String, Bucket> all() {
    return byName;
  }

  Bucket get(String name) {
    Bucket bucket = byName.get(name);
    if (bucket == null) {
      throw new AwsError("NoSuchBucket", 404, "The specified bucket does not exist");
    }
    return bucket;
  }

  /** What a caller reads: the newest version or the one asked for. */
  Bucket.StoredObject object(
      Location caller, String bucketName, String key, @Nullable String versionId) {
    Bucket bucket = get(bucketName);
    if (!bucket.owner().equals(caller.account())) {
      throw new AwsError("AccessDenied", 403, "Access Denied");
    }
    if (versionId == null) {
      Bucket.StoredObject newest = bucket.newest(key);
      if (newest == null || newest.deleted()) {
        throw new AwsError("NoSuchKey", 404, "The specified key does not exist.").with("Key", key);
      }
      return newest;
    }
    Bucket.StoredObject version = bucket.version(key, versionId);
    if (version == null) {
      throw new AwsError("NoSuchVersion", 404, "The specified version does not exist.")
          .with("Key", key);
    }
    return version;
  }
}
