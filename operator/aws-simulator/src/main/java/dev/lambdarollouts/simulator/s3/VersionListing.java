package dev.lambdarollouts.simulator.s3;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.simulator.protocol.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A page of ListObjectVersions: versions and delete markers, newest first for each key. */
final class VersionListing {
  private final ListQuery query;
  private final String keyMarker;
  private final @Nullable String versionMarker;
  private final Listing listing;
  private final ArrayNode versions = Json.array();
  private final ArrayNode markers = Json.array();
  private String lastKey = "";
  private String lastVersion = "";

  /** A page that begins after a version of a key, or after all versions of it. */
  VersionListing(ListQuery query, String keyMarker, @Nullable String versionMarker) {
    this.query = query;
    this.keyMarker = keyMarker;
    this.versionMarker = versionMarker;
    this.listing = new Listing(query, keyMarker);
  }

  Listing listing() {
    return listing;
  }

  /** Adds the versions of a key; false when the page is full. */
  boolean add(Bucket bucket, String key, List<Bucket.StoredObject> stored) {
    if (!key.startsWith(query.prefix()) || (key.equals(keyMarker) && versionMarker == null)) {
      return true;
    }
    if (listing.commonPrefix(key) != null) {
      boolean full = listing.offer(key) == Listing.Fate.FULL;
      if (!full) {
        lastKey = key;
        lastVersion = "";
      }
      return !full;
    }
    boolean skipping = key.equals(keyMarker);
    for (Bucket.StoredObject object : stored.reversed()) {
      if (skipping) {
        skipping = !object.versionId().equals(versionMarker);
        continue;
      }
      if (!listing.take(key)) {
        return false;
      }
      lastKey = key;
      lastVersion = object.versionId();
      ObjectNode shown =
          ListOperations.shown(query.encoded(key), object)
              .put("VersionId", object.versionId())
              .put("IsLatest", object.versionId().equals(stored.getLast().versionId()));
      shown.putObject("Owner").put("ID", bucket.owner());
      (object.deleted() ? markers : versions).add(shown);
    }
    return true;
  }

  ObjectNode putInto(ObjectNode reply) {
    reply.put("IsTruncated", listing.truncated());
    if (listing.truncated()) {
      reply.put("NextKeyMarker", query.encoded(lastKey));
      if (!lastVersion.isEmpty()) {
        reply.put("NextVersionIdMarker", lastVersion);
      }
    }
    reply.set("Version", versions);
    reply.set("DeleteMarker", markers);
    return reply;
  }
}
