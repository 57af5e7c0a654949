package dev.lambdarollouts.simulator.s3;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.simulator.protocol.Json;
import dev.lambdarollouts.simulator.protocol.RestXml;
import dev.lambdarollouts.simulator.protocol.WireReply;
import dev.lambdarollouts.simulator.service.CallContext;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** ListObjectsV2, ListObjects and ListObjectVersions, in pages. */
final class ListOperations {
  private final Buckets buckets;

  ListOperations(Buckets buckets) {
    this.buckets = buckets;
  }

  WireReply objects(CallContext context, S3Service.Address where, ListQuery query) {
    Bucket bucket = buckets.reached(context.location(), where.bucket());
    String token = query.parameter("continuation-token");
    String startAfter = query.parameter("start-after");
    String after = token != null ? decoded(token) : startAfter == null ? "" : startAfter;
    ObjectNode reply = head(where, query);
    ArrayNode contents = Json.array();
    Listing listing =
        current(bucket, query, after, contents, query.parameter("fetch-owner") != null);
    reply.put("KeyCount", contents.size() + listing.prefixes().size());
    if (token != null) {
      reply.put("ContinuationToken", token);
    }
    if (startAfter != null) {
      reply.put("StartAfter", query.encoded(startAfter));
    }
    reply.put("IsTruncated", listing.truncated());
    if (listing.truncated()) {
      reply.put("NextContinuationToken", encoded(listing.last()));
    }
    reply.set("Contents", contents);
    return RestXml.reply("ListBucketResult", withPrefixes(reply, listing, query));
  }

  /** The first version of the operation: by markers, which are keys. */
  WireReply objectsByMarker(CallContext context, S3Service.Address where, ListQuery query) {
    Bucket bucket = buckets.reached(context.location(), where.bucket());
    String marker = query.parameter("marker", "");
    ObjectNode reply = head(where, query).put("Marker", query.encoded(marker));
    ArrayNode contents = Json.array();
    Listing listing = current(bucket, query, marker, contents, true);
    reply.put("IsTruncated", listing.truncated());
    if (listing.truncated() && !query.delimiter().isEmpty()) {
      reply.put("NextMarker", query.encoded(listing.last()));
    }
    reply.set("Contents", contents);
    return RestXml.reply("ListBucketResult", withPrefixes(reply, listing, query));
  }

  private static Listing current(
      Bucket bucket, ListQuery query, String after, ArrayNode contents, boolean withOwner) {
    Listing listing = new Listing(query, after);
    for (String key : bucket.objects().tailMap(after, true).keySet()) {
      Bucket.StoredObject object = bucket.current(key);
      if (object == null) {
        continue;
      }
      switch (listing.offer(key)) {
        case SHOWN -> {
          ObjectNode shown = shown(query.encoded(key), object);
          if (withOwner) {
            shown.putObject("Owner").put("ID", bucket.owner());
          }
          contents.add(shown);
        }
        case SKIPPED -> {}
        case FULL -> {
          return listing;
        }
      }
    }
    return listing;
  }

  WireReply versions(CallContext context, S3Service.Address where, ListQuery query) {
    Bucket bucket = buckets.reached(context.location(), where.bucket());
    String keyMarker = query.parameter("key-marker", "");
    String versionMarker = query.parameter("version-id-marker");
    if (versionMarker != null && keyMarker.isEmpty()) {
      throw S3Errors.invalidArgument(
          "A version-id marker cannot be specified without a key marker.",
          "version-id-marker",
          versionMarker);
    }
    VersionListing versions = new VersionListing(query, keyMarker, versionMarker);
    for (Map.Entry<String, List<Bucket.StoredObject>> entry :
        bucket.objects().tailMap(keyMarker, true).entrySet()) {
      if (!versions.add(bucket, entry.getKey(), entry.getValue())) {
        break;
      }
    }
    ObjectNode reply =
        head(where, query)
            .put("KeyMarker", query.encoded(keyMarker))
            .put("VersionIdMarker", versionMarker == null ? "" : versionMarker);
    return RestXml.reply(
        "ListVersionsResult", withPrefixes(versions.putInto(reply), versions.listing(), query));
  }

  private static ObjectNode head(S3Service.Address where, ListQuery query) {
    ObjectNode reply =
        Json.object().put("Name", where.bucket()).put("Prefix", query.encoded(query.prefix()));
    if (!query.delimiter().isEmpty()) {
      reply.put("Delimiter", query.encoded(query.delimiter()));
    }
    reply.put("MaxKeys", query.maxKeys());
    if (query.urlEncoded()) {
      reply.put("EncodingType", "url");
    }
    return reply;
  }

  private static ObjectNode withPrefixes(ObjectNode reply, Listing listing, ListQuery query) {
    ArrayNode prefixes = Json.array();
    listing.prefixes().forEach(prefix -> prefixes.addObject().put("Prefix", query.encoded(prefix)));
    reply.set("CommonPrefixes", prefixes);
    return reply;
  }

  static ObjectNode shown(String key, Bucket.StoredObject object) {
    ObjectNode shown = Json.object().put("Key", key);
    shown.set("LastModified", Json.instant(object.modified()));
    ObjectChecksum checksum = object.checksum();
    if (!object.deleted()) {
      shown.put("ETag", object.etag());
      if (checksum != null) {
        shown
            .put("ChecksumAlgorithm", checksum.algorithm().name())
            .put("ChecksumType", checksum.type());
      }
      shown.put("Size", object.body().length).put("StorageClass", "STANDARD");
    }
    return shown;
  }

  private static String encoded(String key) {
    return Base64.getUrlEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8));
  }

  private static String decoded(String token) {
    try {
      return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw S3Errors.invalidArgument(
          "The continuation token provided is incorrect", "continuation-token", token);
    }
  }
}
