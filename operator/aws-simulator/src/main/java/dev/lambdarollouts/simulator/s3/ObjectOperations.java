package dev.lambdarollouts.simulator.s3;

import dev.lambdarollouts.simulator.protocol.AwsError;
import dev.lambdarollouts.simulator.protocol.WireReply;
import dev.lambdarollouts.simulator.service.CallContext;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Put-, Get-, Head- and DeleteObject. */
final class ObjectOperations {
  private static final DateTimeFormatter HTTP_TIME =
      DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC);
  private static final byte[] NOTHING = new byte[0];

  private final Buckets buckets;
  private final RandomGenerator random;

  ObjectOperations(Buckets buckets, RandomGenerator random) {
    this.buckets = buckets;
    this.random = random;
  }

  WireReply put(
      CallContext context, S3Service.Address where, byte[] body, @Nullable String contentType) {
    Bucket bucket = own(context, where);
    String versionId = bucket.versioned() ? newVersionId() : "null";
    Bucket.StoredObject object =
        new Bucket.StoredObject(
            body,
            "\"" + md5(body) + "\"",
            contentType == null ? "binary/octet-stream" : contentType,
            context.at(),
            versionId,
            false);
    bucket.put(where.key(), object);
    WireReply reply = WireReply.empty(200).with("ETag", object.etag());
    return bucket.versioned() ? reply.with("x-amz-version-id", versionId) : reply;
  }

  WireReply get(CallContext context, S3Service.Address where, @Nullable String versionId) {
    Bucket.StoredObject object =
        buckets.object(context.location(), where.bucket(), where.key(), versionId);
    requireObject(object);
    return new WireReply(200, headers(where, object), object.body());
  }

  /** A HEAD has no body, so an error is its status only. */
  WireReply head(CallContext context, S3Service.Address where, @Nullable String versionId) {
    Bucket.StoredObject object =
        buckets.object(context.location(), where.bucket(), where.key(), versionId);
    requireObject(object);
    return new WireReply(200, headers(where, object), object.body());
  }

  WireReply delete(CallContext context, S3Service.Address where, @Nullable String versionId) {
    Bucket bucket = own(context, where);
    List<Bucket.StoredObject> versions = bucket.objects().get(where.key());
    if (versionId != null && versions != null) {
      versions.removeIf(version -> version.versionId().equals(versionId));
      if (versions.isEmpty()) {
        bucket.objects().remove(where.key());
      }
    } else if (versionId == null && bucket.versioned()) {
      bucket.put(
          where.key(),
          new Bucket.StoredObject(NOTHING, "", "", context.at(), newVersionId(), true));
    } else if (versionId == null) {
      bucket.objects().remove(where.key());
    }
    return WireReply.empty(204);
  }

  private Bucket own(CallContext context, S3Service.Address where) {
    Bucket bucket = buckets.get(where.bucket());
    if (!bucket.owner().equals(context.account())) {
      throw new AwsError("AccessDenied", 403, "Access Denied");
    }
    return bucket;
  }

  private Map<String, String> headers(S3Service.Address where, Bucket.StoredObject object) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", object.contentType());
    headers.put("ETag", object.etag());
    headers.put("Last-Modified", HTTP_TIME.format(object.modified()));
    headers.put("Accept-Ranges", "bytes");
    if (!buckets.get(where.bucket()).versioning().isEmpty()) {
      headers.put("x-amz-version-id", object.versionId());
    }
    return headers;
  }

  private static void requireObject(Bucket.StoredObject object) {
    if (object.deleted()) {
      throw new AwsError(
          "MethodNotAllowed", 405, "The specified method is not allowed against this resource.");
    }
  }

  private String newVersionId() {
    byte[] raw = new byte[24];
    random.nextBytes(raw);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(raw);
  }

  private static String md5(byte[] body) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(body));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has MD5", e);
    }
  }
}
