package dev.lambdarollouts.simulator.s3;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.simulator.protocol.AwsError;
import dev.lambdarollouts.simulator.protocol.Json;
import dev.lambdarollouts.simulator.protocol.RestXml;
import dev.lambdarollouts.simulator.protocol.WireReply;
import dev.lambdarollouts.simulator.protocol.WireRequest;
import dev.lambdarollouts.simulator.service.CallContext;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Create-, Head-, List- and DeleteBucket, and versioning. */
final class BucketOperations {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");
  private static final Pattern IP_ADDRESS = Pattern.compile("\\d+\\.\\d+\\.\\d+\\.\\d+");
  private static final String FIRST_REGION = "us-east-1";

  private final Buckets buckets;

  BucketOperations(Buckets buckets) {
    this.buckets = buckets;
  }

  WireReply list(CallContext context) {
    ObjectNode reply = Json.object();
    reply.putObject("Owner").put("ID", context.account());
    ArrayNode shown = reply.putObject("Buckets").putArray("Bucket");
    buckets
        .all()
        .forEach(
            (name, bucket) -> {
              if (bucket.owner().equals(context.account())) {
                shown
                    .addObject()
                    .put("Name", name)
                    .set("CreationDate", Json.instant(bucket.created()));
              }
            });
    return RestXml.reply("ListAllMyBucketsResult", reply);
  }

  WireReply create(CallContext context, S3Service.Address where, WireRequest request) {
    String name = where.bucket();
    if (!NAME.matcher(name).matches()
        || name.contains("..")
        || IP_ADDRESS.matcher(name).matches()) {
      throw new AwsError("InvalidBucketName", 400, "The specified bucket is not valid.")
          .with("BucketName", name);
    }
    String region = region(context, request);
    Bucket existing = buckets.all().get(name);
    if (existing != null && !existing.owner().equals(context.account())) {
      throw new AwsError(
              "BucketAlreadyExists",
              409,
              "The requested bucket name is not available. The bucket namespace is shared by all"
                  + " users of the system. Please select a different name and try again.")
          .with("BucketName", name);
    }
    if (existing != null && !existing.region().equals(FIRST_REGION)) {
      throw new AwsError(
              "BucketAlreadyOwnedByYou",
              409,
              "Your previous request to create the named bucket succeeded and you already own it.")
          .with("BucketName", name);
    }
    buckets.all().putIfAbsent(name, new Bucket(context.account(), region, context.at()));
    return WireReply.empty(200).with("Location", "/" + name);
  }

  /** Without a constraint the bucket is made where the request goes; AWS would want one. */
  private static String region(CallContext context, WireRequest request) {
    String constraint =
        request.body().length == 0
            ? null
            : RequestXml.read(request.body()).text("LocationConstraint");
    if (constraint == null || constraint.isEmpty()) {
      return context.region();
    }
    if (!constraint.equals(context.region()) && !context.region().equals(FIRST_REGION)) {
      throw new AwsError(
          "IllegalLocationConstraintException",
          400,
          "The "
              + constraint
              + " location constraint is incompatible for the region specific endpoint this request"
              + " was sent to.");
    }
    return constraint.equals("EU") ? "eu-west-1" : constraint;
  }

  WireReply head(CallContext context, S3Service.Address where) {
    return WireReply.empty(200)
        .with("x-amz-bucket-region", buckets.reached(context.location(), where.bucket()).region());
  }

  WireReply location(CallContext context, S3Service.Address where) {
    String region = buckets.own(context.account(), where.bucket()).region();
    String text = region.equals(FIRST_REGION) ? "" : region;
    return new WireReply(
        200,
        Map.of("Content-Type", "application/xml"),
        ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                + "<LocationConstraint xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">"
                + text
                + "</LocationConstraint>")
            .getBytes(StandardCharsets.UTF_8));
  }

  WireReply delete(CallContext context, S3Service.Address where) {
    if (!buckets.reached(context.location(), where.bucket()).objects().isEmpty()) {
      throw new AwsError("BucketNotEmpty", 409, "The bucket you tried to delete is not empty")
          .with("BucketName", where.bucket());
    }
    buckets.all().remove(where.bucket());
    return WireReply.empty(204);
  }

  WireReply putVersioning(CallContext context, S3Service.Address where, byte[] body) {
    Bucket bucket = buckets.reached(context.location(), where.bucket());
    String status = RequestXml.read(body).text("Status");
    if (status == null || !List.of("Enabled", "Suspended").contains(status)) {
      throw S3Errors.malformedXml();
    }
    bucket.versioning(status);
    return WireReply.empty(200);
  }

  WireReply getVersioning(CallContext context, S3Service.Address where) {
    ObjectNode reply = Json.object();
    String status = buckets.reached(context.location(), where.bucket()).versioning();
    if (!status.isEmpty()) {
      reply.put("Status", status);
    }
    return RestXml.reply("VersioningConfiguration", reply);
  }
}
