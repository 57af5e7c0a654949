package dev.lambdarollouts.simulator.s3;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.simulator.protocol.AwsError;
import dev.lambdarollouts.simulator.protocol.Json;
import dev.lambdarollouts.simulator.protocol.RestXml;
import dev.lambdarollouts.simulator.protocol.WireReply;
import dev.lambdarollouts.simulator.service.CallContext;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Create-, Head-, List- and DeleteBucket, versioning, and lists of what is in a bucket. */
final class BucketOperations {
  private final Buckets buckets;

  BucketOperations(Buckets buckets) {
    this.buckets = buckets;
  }

  WireReply list(CallContext context) {
    ObjectNode reply = Json.object();
    ObjectNode list = reply.putObject("Buckets");
    ArrayNode shown = list.putArray("Bucket");
    buckets
        .all()
        .forEach(
            (name, bucket) -> {
              if (bucket.owner().equals(context.account())) {
                shown.addObject().put("Name", name);
              }
            });
    reply.putObject("Owner").put("ID", context.account());
    return RestXml.reply("ListAllMyBucketsResult", reply);
  }

  WireReply create(CallContext context, S3Service.Address where) {
    Bucket existing = buckets.all().get(where.bucket());
    if (existing != null && !existing.owner().equals(context.account())) {
      throw new AwsError(
          "BucketAlreadyExists",
          409,
          "The requested bucket name is not available. The bucket namespace is shared by all users"
              + " of the system. Please select a different name and try again.");
    }
    if (existing != null && !existing.region().equals("us-east-1")) {
      throw new AwsError(
          "BucketAlreadyOwnedByYou",
          409,
          "Your previous request to create the named bucket succeeded and you already own it.");
    }
    buckets.all().putIfAbsent(where.bucket(), new Bucket(context.account(), context.region()));
    return WireReply.empty(200).with("Location", "/" + where.bucket());
  }

  WireReply head(CallContext context, S3Service.Address where) {
    return WireReply.empty(200).with("x-amz-bucket-region", own(context, where).region());
  }

  WireReply location(CallContext context, S3Service.Address where) {
    String region = own(context, where).region();
    String text = region.equals("us-east-1") ? "" : region;
    return new WireReply(
        200,
        Map.of("Content-Type", "application/xml"),
        ("<LocationConstraint xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
                + text
                + "</LocationConstraint>")
            .getBytes(StandardCharsets.UTF_8));
  }

  WireReply delete(CallContext context, S3Service.Address where) {
    if (!own(context, where).objects().isEmpty()) {
      throw new AwsError("BucketNotEmpty", 409, "The bucket you tried to delete is not empty");
    }
    buckets.all().remove(where.bucket());
    return WireReply.empty(204);
  }

  WireReply putVersioning(CallContext context, S3Service.Address where, byte[] body) {
    String xml = new String(body, StandardCharsets.UTF_8);
    Bucket bucket = own(context, where);
    if (xml.contains("<Status>Enabled</Status>")) {
      bucket.versioning("Enabled");
    } else if (xml.contains("<Status>Suspended</Status>")) {
      bucket.versioning("Suspended");
    } else {
      throw new AwsError(
          "MalformedXML",
          400,
          "The XML you provided was not well-formed or did not validate against our published"
              + " schema");
    }
    return WireReply.empty(200);
  }

  WireReply getVersioning(CallContext context, S3Service.Address where) {
    ObjectNode reply = Json.object();
    String status = own(context, where).versioning();
    if (!status.isEmpty()) {
      reply.put("Status", status);
    }
    return RestXml.reply("VersioningConfiguration", reply);
  }

  WireReply listObjects(CallContext context, S3Service.Address where, @Nullable String prefix) {
    ObjectNode reply = Json.object();
    ArrayNode contents = Json.array();
    Bucket bucket = own(context, where);
    for (String key : bucket.objects().keySet()) {
      Bucket.StoredObject object = bucket.newest(key);
      if (object != null && !object.deleted() && (prefix == null || key.startsWith(prefix))) {
        contents.add(shown(key, object));
      }
    }
    reply
        .put("Name", where.bucket())
        .put("Prefix", prefix == null ? "" : prefix)
        .put("KeyCount", contents.size())
        .put("MaxKeys", 1000)
        .put("IsTruncated", false)
        .set("Contents", contents);
    return RestXml.reply("ListBucketResult", reply);
  }

  WireReply listVersions(CallContext context, S3Service.Address where, @Nullable String prefix) {
    ObjectNode reply = Json.object();
    ArrayNode versions = Json.array();
    ArrayNode markers = Json.array();
    own(context, where)
        .objects()
        .forEach(
            (key, stored) -> {
              if (prefix == null || key.startsWith(prefix)) {
                addVersions(key, stored, versions, markers);
              }
            });
    reply.put("Name", where.bucket()).put("MaxKeys", 1000).put("IsTruncated", false);
    reply.set("Version", versions);
    reply.set("DeleteMarker", markers);
    return RestXml.reply("ListVersionsResult", reply);
  }

  private static void addVersions(
      String key, List<Bucket.StoredObject> stored, ArrayNode versions, ArrayNode markers) {
    for (int i = stored.size() - 1; i >= 0; i--) {
      Bucket.StoredObject object = stored.get(i);
      ObjectNode shown = shown(key, object);
      shown.put("VersionId", object.versionId()).put("IsLatest", i == stored.size() - 1);
      (object.deleted() ? markers : versions).add(shown);
    }
  }

  private static ObjectNode shown(String key, Bucket.StoredObject object) {
    ObjectNode shown = Json.object().put("Key", key);
    shown.set("LastModified", Json.instant(object.modified()));
    if (!object.deleted()) {
      shown
          .put("ETag", object.etag())
          .put("Size", object.body().length)
          .put("StorageClass", "STANDARD");
    }
    return shown;
  }

  private Bucket own(CallContext context, S3Service.Address where) {
    Bucket bucket = buckets.get(where.bucket());
    if (!bucket.owner().equals(context.account())) {
      throw new AwsError("AccessDenied", 403, "Access Denied");
    }
    return bucket;
  }
}
