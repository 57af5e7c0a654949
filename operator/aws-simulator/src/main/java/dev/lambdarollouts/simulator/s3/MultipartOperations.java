package dev.lambdarollouts.simulator.s3;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.simulator.protocol.AwsChunked;
import dev.lambdarollouts.simulator.protocol.AwsError;
import dev.lambdarollouts.simulator.protocol.Json;
import dev.lambdarollouts.simulator.protocol.RestXml;
import dev.lambdarollouts.simulator.protocol.WireReply;
import dev.lambdarollouts.simulator.protocol.WireRequest;
import dev.lambdarollouts.simulator.service.CallContext;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Uploads in parts: Create-, Complete-, Abort- and ListMultipartUploads, UploadPart, ListParts. */
final class MultipartOperations {
  private static final int SMALLEST_PART = 5 * 1024 * 1024;
  private static final int MOST_PARTS = 10_000;

  private final Buckets buckets;
  private final ObjectOperations objects;

  MultipartOperations(Buckets buckets, ObjectOperations objects) {
    this.buckets = buckets;
    this.objects = objects;
  }

  WireReply create(CallContext context, S3Service.Address where, WireRequest request) {
    Bucket bucket = buckets.reached(context.location(), where.bucket());
    String asked = request.header("x-amz-checksum-algorithm");
    ChecksumAlgorithm named = asked == null ? null : ChecksumAlgorithm.named(asked);
    ChecksumAlgorithm algorithm = named == null ? ChecksumAlgorithm.CRC64NVME : named;
    String askedType = request.header("x-amz-checksum-type");
    String usual =
        algorithm == ChecksumAlgorithm.CRC64NVME
            ? ObjectChecksum.FULL_OBJECT
            : ObjectChecksum.COMPOSITE;
    MultipartUpload upload =
        new MultipartUpload(
            buckets.newId(),
            where.key(),
            ObjectOperations.kept(request),
            context.at(),
            algorithm,
            askedType == null ? usual : askedType);
    bucket.uploads().put(upload.id(), upload);
    ObjectNode reply =
        Json.object()
            .put("Bucket", where.bucket())
            .put("Key", where.key())
            .put("UploadId", upload.id());
    WireReply shown =
        RestXml.reply("InitiateMultipartUploadResult", reply)
            .with("x-amz-server-side-encryption", "AES256");
    return named == null
        ? shown
        : shown
            .with("x-amz-checksum-algorithm", algorithm.name())
            .with("x-amz-checksum-type", upload.checksumType());
  }

  WireReply uploadPart(CallContext context, S3Service.Address where, WireRequest request) {
    MultipartUpload upload = upload(context, where, request);
    String number = String.valueOf(request.queryValue("partNumber"));
    if (!number.matches("\\d{1,5}")
        || Integer.parseInt(number) < 1
        || Integer.parseInt(number) > MOST_PARTS) {
      throw S3Errors.invalidArgument(
          "Part number must be an integer between 1 and 10000, inclusive", "partNumber", number);
    }
    byte[] body = AwsChunked.decode(request);
    ObjectChecksum checksum = ObjectChecksum.checked(request, body, upload.algorithm());
    MultipartUpload.Part part =
        new MultipartUpload.Part(body, Buckets.etag(body), checksum, context.at());
    upload.parts().put(Integer.parseInt(number), part);
    return WireReply.empty(200)
        .with("ETag", part.etag())
        .with("x-amz-server-side-encryption", "AES256")
        .with(checksum.algorithm().header(), checksum.value());
  }

  WireReply complete(CallContext context, S3Service.Address where, WireRequest request) {
    MultipartUpload upload = upload(context, where, request);
    Bucket bucket = buckets.reached(context.location(), where.bucket());
    List<RequestXml> named = RequestXml.read(AwsChunked.decode(request)).children("Part");
    if (named.isEmpty()) {
      throw S3Errors.malformedXml();
    }
    List<MultipartUpload.Part> parts = parts(upload, named);
    Conditions.checkWrite(request, where.key(), bucket.current(where.key()));
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    ByteArrayOutputStream digests = new ByteArrayOutputStream();
    for (MultipartUpload.Part part : parts) {
      body.writeBytes(part.body());
      digests.writeBytes(HexFormat.of().parseHex(part.etag().replace("\"", "")));
    }
    String whole = Buckets.etag(digests.toByteArray()).replace("\"", "");
    String etag = "\"" + whole + "-" + parts.size() + "\"";
    ObjectChecksum checksum = checksum(upload, parts, body.toByteArray());
    WireReply stored =
        objects.stored(context, where, body.toByteArray(), etag, upload.headers(), checksum);
    bucket.uploads().remove(upload.id());
    ObjectNode reply =
        Json.object()
            .put("Location", "http://" + context.host() + "/" + where)
            .put("Bucket", where.bucket())
            .put("Key", where.key())
            .put("ETag", etag)
            .put(checksum.algorithm().element(), checksum.value())
            .put("ChecksumType", checksum.type());
    WireReply shown =
        RestXml.reply("CompleteMultipartUploadResult", reply)
            .with("x-amz-server-side-encryption", "AES256");
    String version = stored.headers().get("x-amz-version-id");
    return version == null ? shown : shown.with("x-amz-version-id", version);
  }

  WireReply abort(CallContext context, S3Service.Address where, WireRequest request) {
    MultipartUpload upload = upload(context, where, request);
    buckets.reached(context.location(), where.bucket()).uploads().remove(upload.id());
    return WireReply.empty(204);
  }

  WireReply listParts(CallContext context, S3Service.Address where, WireRequest request) {
    MultipartUpload upload = upload(context, where, request);
    int most = number(request, "max-parts", 1000);
    int after = number(request, "part-number-marker", 0);
    ObjectNode reply =
        Json.object()
            .put("Bucket", where.bucket())
            .put("Key", where.key())
            .put("UploadId", upload.id())
            .put("PartNumberMarker", after)
            .put("MaxParts", most);
    ArrayNode shown = Json.array();
    for (Map.Entry<Integer, MultipartUpload.Part> entry :
        upload.parts().tailMap(after, false).entrySet()) {
      if (shown.size() == most) {
        break;
      }
      MultipartUpload.Part part = entry.getValue();
      ObjectNode one = shown.addObject().put("PartNumber", entry.getKey());
      one.set("LastModified", Json.instant(part.modified()));
      one.put("ETag", part.etag())
          .put("Size", part.body().length)
          .put(part.checksum().algorithm().element(), part.checksum().value());
    }
    boolean truncated = upload.parts().tailMap(after, false).size() > shown.size();
    reply.put("IsTruncated", truncated);
    if (truncated) {
      reply.put("NextPartNumberMarker", shown.path(shown.size() - 1).path("PartNumber").asInt());
    }
    reply.set("Part", shown);
    reply.putObject("Initiator").put("ID", context.caller().arn());
    reply.putObject("Owner").put("ID", context.account());
    return RestXml.reply("ListPartsResult", reply.put("StorageClass", "STANDARD"));
  }

  /** All of them on one page. */
  WireReply listUploads(CallContext context, S3Service.Address where, WireRequest request) {
    Bucket bucket = buckets.reached(context.location(), where.bucket());
    String prefix = request.queryValue("prefix");
    ObjectNode reply =
        Json.object()
            .put("Bucket", where.bucket())
            .put("MaxUploads", 1000)
            .put("IsTruncated", false);
    ArrayNode shown = Json.array();
    for (MultipartUpload upload : bucket.uploads().values()) {
      if (prefix == null || upload.key().startsWith(prefix)) {
        ObjectNode one =
            shown
                .addObject()
                .put("Key", upload.key())
                .put("UploadId", upload.id())
                .put("StorageClass", "STANDARD");
        one.set("Initiated", Json.instant(upload.initiated()));
      }
    }
    reply.set("Upload", shown);
    return RestXml.reply("ListMultipartUploadsResult", reply);
  }

  private MultipartUpload upload(
      CallContext context, S3Service.Address where, WireRequest request) {
    String id = String.valueOf(request.queryValue("uploadId"));
    MultipartUpload upload = buckets.reached(context.location(), where.bucket()).uploads().get(id);
    if (upload == null || !upload.key().equals(where.key())) {
      throw S3Errors.noSuchUpload(id);
    }
    return upload;
  }

  private static List<MultipartUpload.Part> parts(MultipartUpload upload, List<RequestXml> named) {
    List<MultipartUpload.Part> parts = new ArrayList<>();
    int before = 0;
    for (RequestXml one : named) {
      String number = String.valueOf(one.text("PartNumber"));
      if (!number.matches("\\d{1,5}")) {
        throw S3Errors.malformedXml();
      }
      if (Integer.parseInt(number) <= before) {
        throw new AwsError(
            "InvalidPartOrder",
            400,
            "The list of parts was not in ascending order. The parts list must be specified in"
                + " order by part number.");
      }
      before = Integer.parseInt(number);
      MultipartUpload.Part part = upload.parts().get(before);
      String etag = String.valueOf(one.text("ETag")).replace("\"", "");
      if (part == null || !part.etag().replace("\"", "").equals(etag)) {
        throw new AwsError(
            "InvalidPart",
            400,
            "One or more of the specified parts could not be found.  The part may not have been"
                + " uploaded, or the specified entity tag may not match the part's entity tag.");
      }
      parts.add(part);
    }
    for (MultipartUpload.Part part : parts.subList(0, parts.size() - 1)) {
      if (part.body().length < SMALLEST_PART) {
        throw new AwsError(
                "EntityTooSmall",
                400,
                "Your proposed upload is smaller than the minimum allowed size")
            .with("ProposedSize", String.valueOf(part.body().length))
            .with("MinSizeAllowed", String.valueOf(SMALLEST_PART));
      }
    }
    return parts;
  }

  private static ObjectChecksum checksum(
      MultipartUpload upload, List<MultipartUpload.Part> parts, byte[] body) {
    ChecksumAlgorithm algorithm = upload.algorithm();
    if (upload.checksumType().equals(ObjectChecksum.FULL_OBJECT)) {
      return ObjectChecksum.of(algorithm, body);
    }
    List<String> values = parts.stream().map(part -> algorithm.of(part.body())).toList();
    return new ObjectChecksum(
        algorithm, algorithm.ofParts(values, values.size()), ObjectChecksum.COMPOSITE);
  }

  private static int number(WireRequest request, String parameter, int otherwise) {
    String text = request.queryValue(parameter);
    return text == null || !text.matches("\\d{1,5}") ? otherwise : Integer.parseInt(text);
  }
}
