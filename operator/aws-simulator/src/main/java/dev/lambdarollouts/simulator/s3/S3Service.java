package dev.lambdarollouts.simulator.s3;

import dev.lambdarollouts.simulator.keep.KeptState;
import dev.lambdarollouts.simulator.protocol.AwsError;
import dev.lambdarollouts.simulator.protocol.RestXml;
import dev.lambdarollouts.simulator.protocol.WireReply;
import dev.lambdarollouts.simulator.protocol.WireRequest;
import dev.lambdarollouts.simulator.service.AwsService;
import dev.lambdarollouts.simulator.service.CallContext;
import dev.lambdarollouts.simulator.service.Location;
import dev.lambdarollouts.simulator.service.RoutedCall;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Amazon S3 as far as a code bucket needs it, path-style or with the bucket in the host name. */
public final class S3Service implements AwsService {
  private static final String SCOPE = "s3";

  /** Parts of a bucket or an object that have operations of their own, which are not here. */
  private static final Set<String> UNKNOWN_PARTS =
      Set.of(
          "accelerate",
          "acl",
          "analytics",
          "attributes",
          "cors",
          "encryption",
          "intelligent-tiering",
          "inventory",
          "legal-hold",
          "lifecycle",
          "logging",
          "metrics",
          "metadataTable",
          "notification",
          "object-lock",
          "ownershipControls",
          "policy",
          "policyStatus",
          "publicAccessBlock",
          "replication",
          "requestPayment",
          "restore",
          "retention",
          "select",
          "session",
          "tagging",
          "torrent",
          "website");

  private final Buckets buckets;
  private final Map<String, Operation> bucketOperations;
  private final Map<String, Operation> objectOperations;
  private final BucketOperations ofBuckets;

  public S3Service(RandomGenerator random) {
    this.buckets = new Buckets(random);
    this.ofBuckets = new BucketOperations(buckets);
    ListOperations lists = new ListOperations(buckets);
    ObjectOperations objects = new ObjectOperations(buckets);
    MultipartOperations uploads = new MultipartOperations(buckets, objects);
    this.bucketOperations =
        Map.ofEntries(
            Map.entry("CreateBucket", ofBuckets::create),
            Map.entry("HeadBucket", (context, where, request) -> ofBuckets.head(context, where)),
            Map.entry(
                "DeleteBucket", (context, where, request) -> ofBuckets.delete(context, where)),
            Map.entry(
                "GetBucketLocation",
                (context, where, request) -> ofBuckets.location(context, where)),
            Map.entry(
                "GetBucketVersioning",
                (context, where, request) -> ofBuckets.getVersioning(context, where)),
            Map.entry(
                "PutBucketVersioning",
                (context, where, request) ->
                    ofBuckets.putVersioning(context, where, request.body())),
            Map.entry(
                "ListObjectsV2",
                (context, where, request) -> lists.objects(context, where, ListQuery.of(request))),
            Map.entry(
                "ListObjects",
                (context, where, request) ->
                    lists.objectsByMarker(context, where, ListQuery.of(request))),
            Map.entry(
                "ListObjectVersions",
                (context, where, request) -> lists.versions(context, where, ListQuery.of(request))),
            Map.entry("ListMultipartUploads", uploads::listUploads),
            Map.entry("DeleteObjects", objects::deleteMany));
    this.objectOperations =
        Map.of(
            "PutObject", objects::put,
            "CopyObject", objects::copy,
            "GetObject", objects::get,
            "HeadObject", objects::get,
            "DeleteObject", objects::delete,
            "CreateMultipartUpload", uploads::create,
            "UploadPart", uploads::uploadPart,
            "CompleteMultipartUpload", uploads::complete,
            "AbortMultipartUpload", uploads::abort,
            "ListParts", uploads::listParts);
  }

  /** What an operation does. */
  @FunctionalInterface
  private interface Operation {
    WireReply run(CallContext context, Address where, WireRequest request);
  }

  /** Reads an object as another service does for a caller; S3's errors come out as they are. */
  public byte[] read(Location caller, String bucket, String key, @Nullable String version) {
    try {
      return buckets.object(caller, bucket, key, version).body();
    } catch (AwsError e) {
      String region = S3Errors.redirectedTo(e);
      if (region == null) {
        throw e;
      }
      // The words of the SDK that AWS' services use.
      throw new AwsError(
          e.code(),
          e.status(),
          "The bucket is in this region: "
              + region
              + ". Please use this region to retry the request");
    }
  }

  /** The buckets, for a data file. */
  public KeptState kept() {
    return new KeptBuckets(buckets);
  }

  @Override
  public String scope() {
    return SCOPE;
  }

  @Override
  public AwsError throttled() {
    return new AwsError("SlowDown", 503, "Please reduce your request rate.");
  }

  @Override
  public AwsError failed() {
    return new AwsError(
        "InternalError", 500, "We encountered an internal error. Please try again.");
  }

  @Override
  public boolean mutates(String operation) {
    return !operation.startsWith("Head") && AwsService.super.mutates(operation);
  }

  @Override
  public Set<String> operations() {
    Set<String> names = new HashSet<>(Set.of("ListBuckets"));
    names.addAll(bucketOperations.keySet());
    names.addAll(objectOperations.keySet());
    return names;
  }

  @Override
  public RoutedCall route(WireRequest request) {
    Address address = Address.of(request);
    if (address.bucket().isEmpty()) {
      return request.method().equals("GET")
          ? call("ListBuckets", address, (context, where, all) -> ofBuckets.list(context), request)
          : unknown(request);
    }
    boolean bucket = address.key().isEmpty();
    String name = bucket ? bucketOperation(request) : objectOperation(request);
    Operation operation = (bucket ? bucketOperations : objectOperations).get(name);
    if (operation == null || request.query().keySet().stream().anyMatch(UNKNOWN_PARTS::contains)) {
      return unknown(request);
    }
    return call(name, address, operation, request);
  }

  /** The bucket and the key that a request is about; either may be empty. */
  record Address(String bucket, String key) {
    static Address of(WireRequest request) {
      String host = String.valueOf(request.header("Host"));
      List<String> segments = request.segments();
      int localhost = host.indexOf(".localhost");
      if (localhost > 0) {
        return new Address(host.substring(0, localhost), String.join("/", segments));
      }
      return new Address(
          segments.getFirst(), String.join("/", segments.subList(1, segments.size())));
    }

    @Override
    public String toString() {
      return key.isEmpty() ? bucket : bucket + "/" + key;
    }
  }

  private static String bucketOperation(WireRequest request) {
    Map<String, List<String>> query = request.query();
    String method = request.method();
    if (query.containsKey("versioning")) {
      return method.equals("PUT") ? "PutBucketVersioning" : "GetBucketVersioning";
    }
    if (query.containsKey("location")) {
      return "GetBucketLocation";
    }
    return switch (method) {
      case "PUT" -> "CreateBucket";
      case "HEAD" -> "HeadBucket";
      case "DELETE" -> "DeleteBucket";
      case "POST" -> query.containsKey("delete") ? "DeleteObjects" : "";
      case "GET" ->
          query.containsKey("versions")
              ? "ListObjectVersions"
              : query.containsKey("uploads")
                  ? "ListMultipartUploads"
                  : query.containsKey("list-type") ? "ListObjectsV2" : "ListObjects";
      default -> "";
    };
  }

  private static String objectOperation(WireRequest request) {
    boolean part = request.query().containsKey("uploadId");
    boolean copies = request.header("x-amz-copy-source") != null;
    return switch (request.method()) {
      case "PUT" -> part ? copies ? "" : "UploadPart" : copies ? "CopyObject" : "PutObject";
      case "GET" -> part ? "ListParts" : "GetObject";
      case "HEAD" -> "HeadObject";
      case "DELETE" -> part ? "AbortMultipartUpload" : "DeleteObject";
      case "POST" ->
          part
              ? "CompleteMultipartUpload"
              : request.query().containsKey("uploads") ? "CreateMultipartUpload" : "";
      default -> "";
    };
  }

  private static RoutedCall call(
      String name, Address address, Operation operation, WireRequest request) {
    return new RoutedCall(
        SCOPE,
        name,
        address.toString(),
        true,
        context ->
            operation
                .run(context, address, request)
                .with("x-amz-request-id", context.requestId())
                .with("Server", "AmazonS3"),
        S3Service::error);
  }

  /** S3 has words of its own for credentials that are not good. */
  private static WireReply error(AwsError error, String requestId) {
    AwsError own =
        switch (error.code()) {
          case "ExpiredTokenException" ->
              new AwsError("ExpiredToken", 400, "The provided token has expired.");
          case "UnrecognizedClientException" ->
              new AwsError(
                  "InvalidAccessKeyId",
                  403,
                  "The AWS Access Key Id you provided does not exist in our records.");
          default -> error;
        };
    WireReply reply = RestXml.error(own, requestId);
    // With this, SDKs find the region that they should have signed for.
    String region = S3Errors.redirectedTo(own);
    return region == null ? reply : reply.with("x-amz-bucket-region", region);
  }

  private static RoutedCall unknown(WireRequest request) {
    return RoutedCall.failing(
        SCOPE,
        "UnknownOperation",
        new AwsError(
            "NotImplemented",
            400,
            "aws-simulator does not have the S3 operation behind "
                + request.method()
                + " "
                + request.path()
                + (request.query().isEmpty()
                    ? ""
                    : "?" + String.join("&", request.query().keySet()))),
        S3Service::error);
  }
}
