package dev.lambdarollouts.simulator.s3;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.simulator.protocol.AwsChunked;
import dev.lambdarollouts.simulator.protocol.Json;
import dev.lambdarollouts.simulator.protocol.RestXml;
import dev.lambdarollouts.simulator.protocol.WireReply;
import dev.lambdarollouts.simulator.protocol.WireRequest;
import dev.lambdarollouts.simulator.service.CallContext;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Put-, Copy-, Get-, Head- and DeleteObject, and DeleteObjects. */
final class ObjectOperations {
  private static final DateTimeFormatter HTTP_TIME =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);
  private static final String META = "x-amz-meta-";
  private static final List<String> KEPT_HEADERS =
      List.of("Cache-Control", "Content-Disposition", "Content-Language", "Expires");
  private static final int MOST_DELETED = 1000;

  private final Buckets buckets;

  ObjectOperations(Buckets buckets) {
    this.buckets = buckets;
  }

  WireReply put(CallContext context, S3Service.Address where, WireRequest request) {
    Bucket bucket = buckets.reached(context.location(), where.bucket());
    Conditions.checkWrite(request, where.key(), bucket.current(where.key()));
    byte[] body = AwsChunked.decode(request);
    ObjectChecksum checksum = ObjectChecksum.checked(request, body, ChecksumAlgorithm.CRC64NVME);
    return stored(context, where, body, Buckets.etag(body), kept(request), checksum);
  }

  /** Puts an object into a bucket, and gives the headers that tell of it. */
  WireReply stored(
      CallContext context,
      S3Service.Address where,
      byte[] body,
      String etag,
      Map<String, String> headers,
      ObjectChecksum checksum) {
    Bucket bucket = buckets.reached(context.location(), where.bucket());
    String versionId = bucket.versioned() ? buckets.newId() : Bucket.NO_VERSION;
    bucket.put(
        where.key(),
        new Bucket.StoredObject(body, etag, headers, context.at(), versionId, false, checksum));
    WireReply reply =
        WireReply.empty(200)
            .with("ETag", etag)
            .with("x-amz-server-side-encryption", "AES256")
            .with(checksum.algorithm().header(), checksum.value())
            .with("x-amz-checksum-type", checksum.type());
    return bucket.versioned() ? reply.with("x-amz-version-id", versionId) : reply;
  }

  WireReply copy(CallContext context, S3Service.Address where, WireRequest request) {
    String source = String.valueOf(request.header("x-amz-copy-source"));
    String[] parts = source.split("\\?versionId=", 2);
    String[] names = sourceNames(source, parts[0]);
    Bucket.StoredObject original =
        Buckets.object(
            // The source may be in any region.
            buckets.own(context.account(), names[0]), names[1], parts.length > 1 ? parts[1] : null);
    boolean replace = "REPLACE".equals(request.header("x-amz-metadata-directive"));
    String asked = request.header("x-amz-checksum-algorithm");
    ChecksumAlgorithm algorithm = asked == null ? null : ChecksumAlgorithm.named(asked);
    ObjectChecksum checksum =
        ObjectChecksum.of(
            algorithm == null ? ChecksumAlgorithm.CRC64NVME : algorithm, original.body());
    WireReply stored =
        stored(
            context,
            where,
            original.body(),
            Buckets.etag(original.body()),
            replace ? kept(request) : original.headers(),
            checksum);
    ObjectNode result = Json.object();
    result.set("LastModified", Json.instant(context.at()));
    result.put("ETag", Buckets.etag(original.body()));
    result.put(checksum.algorithm().element(), checksum.value());
    result.put("ChecksumType", checksum.type());
    WireReply reply =
        RestXml.reply("CopyObjectResult", result).with("x-amz-server-side-encryption", "AES256");
    String version = stored.headers().get("x-amz-version-id");
    return version == null ? reply : reply.with("x-amz-version-id", version);
  }

  /** Bucket and key of a copy's source. */
  private static String[] sourceNames(String source, String encodedPath) {
    try {
      String path = URLDecoder.decode(encodedPath.replace("+", "%2B"), StandardCharsets.UTF_8);
      String[] names = (path.startsWith("/") ? path.substring(1) : path).split("/", 2);
      if (names.length == 2) {
        return names;
      }
    } catch (IllegalArgumentException e) {
      // Told below: what is no percent-encoding names no object either.
    }
    throw S3Errors.invalidArgument("Invalid copy source object key", "x-amz-copy-source", source);
  }

  /** GetObject, and HeadObject, whose body the endpoint leaves away. */
  WireReply get(CallContext context, S3Service.Address where, WireRequest request) {
    Bucket.StoredObject object =
        buckets.object(
            context.location(), where.bucket(), where.key(), request.queryValue("versionId"));
    Map<String, String> headers = headers(where, object);
    if (Conditions.notModified(request, object)) {
      return new WireReply(304, headers, new byte[0]);
    }
    ByteRange range = ByteRange.of(request.header("Range"), object.body().length);
    if (range != null) {
      headers.put(
          "Content-Range",
          "bytes " + range.first() + "-" + range.last() + "/" + object.body().length);
      return new WireReply(
          206, headers, Arrays.copyOfRange(object.body(), range.first(), range.last() + 1));
    }
    ObjectChecksum checksum = object.checksum();
    if (checksum != null && "ENABLED".equals(request.header("x-amz-checksum-mode"))) {
      headers.put(checksum.algorithm().header(), checksum.value());
      headers.put("x-amz-checksum-type", checksum.type());
    }
    return new WireReply(200, headers, object.body());
  }

  WireReply delete(CallContext context, S3Service.Address where, WireRequest request) {
    Bucket bucket = buckets.reached(context.location(), where.bucket());
    Deleted deleted = delete(context, bucket, where.key(), request.queryValue("versionId"));
    WireReply reply = WireReply.empty(204);
    if (deleted.versionId() != null) {
      reply = reply.with("x-amz-version-id", deleted.versionId());
    }
    return deleted.marker() ? reply.with("x-amz-delete-marker", "true") : reply;
  }

  /**
   * What a deletion did.
   *
   * @param versionId the version that is gone, or the marker that was made; null without versioning
   * @param marker whether that is a delete marker
   */
  private record Deleted(@Nullable String versionId, boolean marker) {}

  private Deleted delete(
      CallContext context, Bucket bucket, String key, @Nullable String versionId) {
    if (versionId != null) {
      Bucket.StoredObject gone = bucket.remove(key, versionId);
      return new Deleted(versionId, gone != null && gone.deleted());
    }
    if (bucket.versioning().isEmpty()) {
      bucket.objects().remove(key);
      return new Deleted(null, false);
    }
    String marker = bucket.versioned() ? buckets.newId() : Bucket.NO_VERSION;
    bucket.put(key, Bucket.StoredObject.deleteMarker(context.at(), marker));
    return new Deleted(marker, true);
  }

  WireReply deleteMany(CallContext context, S3Service.Address where, WireRequest request) {
    Bucket bucket = buckets.reached(context.location(), where.bucket());
    RequestXml order = RequestXml.read(AwsChunked.decode(request));
    List<RequestXml> objects = order.children("Object");
    if (objects.isEmpty() || objects.size() > MOST_DELETED) {
      throw S3Errors.malformedXml();
    }
    boolean quiet = "true".equals(order.text("Quiet"));
    ObjectNode reply = Json.object();
    ArrayNode shown = Json.array();
    for (RequestXml object : objects) {
      String key = object.text("Key");
      String version = object.text("VersionId");
      if (key == null) {
        throw S3Errors.malformedXml();
      }
      Deleted deleted = delete(context, bucket, key, version);
      ObjectNode one = Json.object().put("Key", key);
      if (version != null) {
        one.put("VersionId", version);
      }
      if (deleted.marker()) {
        one.put("DeleteMarker", true).put("DeleteMarkerVersionId", deleted.versionId());
      }
      if (!quiet) {
        shown.add(one);
      }
    }
    reply.set("Deleted", shown);
    return RestXml.reply("DeleteResult", reply);
  }

  /** What an object is put with and given back with. */
  static Map<String, String> kept(WireRequest request) {
    Map<String, String> kept = new LinkedHashMap<>();
    String type = request.header("Content-Type");
    kept.put("Content-Type", type == null ? "binary/octet-stream" : type);
    String encoding = request.header("Content-Encoding");
    if (encoding != null) {
      String rest = encoding.replace("aws-chunked", "").replaceAll("^,|,$", "").strip();
      if (!rest.isEmpty()) {
        kept.put("Content-Encoding", rest);
      }
    }
    for (String name : KEPT_HEADERS) {
      String value = request.header(name);
      if (value != null) {
        kept.put(name, value);
      }
    }
    request
        .headers()
        .forEach(
            (name, value) -> {
              if (name.startsWith(META)) {
                kept.put(name, value);
              }
            });
    return kept;
  }

  private Map<String, String> headers(S3Service.Address where, Bucket.StoredObject object) {
    Map<String, String> headers = new LinkedHashMap<>(object.headers());
    headers.put("ETag", object.etag());
    headers.put("Last-Modified", HTTP_TIME.format(object.modified()));
    headers.put("Accept-Ranges", "bytes");
    headers.put("x-amz-server-side-encryption", "AES256");
    Bucket bucket = buckets.all().get(where.bucket());
    if (bucket != null && !bucket.versioning().isEmpty()) {
      headers.put("x-amz-version-id", object.versionId());
    }
    return headers;
  }
}
