package dev.lambdarollouts.simulator.s3;

import dev.lambdarollouts.simulator.keep.KeptState;
import dev.lambdarollouts.simulator.protocol.AwsChunked;
import dev.lambdarollouts.simulator.protocol.AwsError;
import dev.lambdarollouts.simulator.protocol.RestXml;
import dev.lambdarollouts.simulator.protocol.WireReply;
import dev.lambdarollouts.simulator.protocol.WireRequest;
import dev.lambdarollouts.simulator.service.AwsService;
import dev.lambdarollouts.simulator.service.CallContext;
import dev.lambdarollouts.simulator.service.Location;
import dev.lambdarollouts.simulator.service.RoutedCall;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Amazon S3 as far as a code bucket needs it, path-style or with the bucket in the host name. */
public final class S3Service implements AwsService {
  private static final String SCOPE = "s3";

  private final Buckets buckets = new Buckets();
  private final BucketOperations bucketOperations;
  private final ObjectOperations objectOperations;

  public S3Service(RandomGenerator random) {
    this.bucketOperations = new BucketOperations(buckets);
    this.objectOperations = new ObjectOperations(buckets, random);
  }

  /** Reads an object as another service does for a caller; S3's errors come out as they are. */
  public byte[] read(Location caller, String bucket, String key, @Nullable String version) {
    return buckets.object(caller, bucket, key, version).body();
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
  public RoutedCall route(WireRequest request) {
    Address address = Address.of(request);
    if (address.bucket().isEmpty()) {
      return request.method().equals("GET")
          ? call("ListBuckets", address, (context, where) -> bucketOperations.list(context))
          : unknown(request);
    }
    return address.key().isEmpty() ? ofBucket(request, address) : ofObject(request, address);
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

  private RoutedCall ofBucket(WireRequest request, Address address) {
    Map<String, List<String>> query = request.query();
    String method = request.method();
    if (query.containsKey("versioning")) {
      return method.equals("PUT")
          ? call(
              "PutBucketVersioning",
              address,
              (context, where) -> bucketOperations.putVersioning(context, where, request.body()))
          : call("GetBucketVersioning", address, bucketOperations::getVersioning);
    }
    if (query.containsKey("location")) {
      return call("GetBucketLocation", address, bucketOperations::location);
    }
    if (query.containsKey("versions")) {
      return call(
          "ListObjectVersions",
          address,
          (context, where) ->
              bucketOperations.listVersions(context, where, request.queryValue("prefix")));
    }
    return switch (method) {
      case "PUT" -> call("CreateBucket", address, bucketOperations::create);
      case "HEAD" -> call("HeadBucket", address, bucketOperations::head);
      case "DELETE" -> call("DeleteBucket", address, bucketOperations::delete);
      case "GET" ->
          call(
              "ListObjectsV2",
              address,
              (context, where) ->
                  bucketOperations.listObjects(context, where, request.queryValue("prefix")));
      default -> unknown(request);
    };
  }

  private RoutedCall ofObject(WireRequest request, Address address) {
    String version = request.queryValue("versionId");
    return switch (request.method()) {
      case "PUT" ->
          call(
              "PutObject",
              address,
              (context, where) ->
                  objectOperations.put(
                      context, where, AwsChunked.decode(request), request.header("Content-Type")));
      case "GET" ->
          call(
              "GetObject",
              address,
              (context, where) -> objectOperations.get(context, where, version));
      case "HEAD" ->
          call(
              "HeadObject",
              address,
              (context, where) -> objectOperations.head(context, where, version));
      case "DELETE" ->
          call(
              "DeleteObject",
              address,
              (context, where) -> objectOperations.delete(context, where, version));
      default -> unknown(request);
    };
  }

  private static RoutedCall call(
      String operation, Address address, BiFunction<CallContext, Address, WireReply> work) {
    return new RoutedCall(
        SCOPE,
        operation,
        address.toString(),
        true,
        context ->
            work.apply(context, address)
                .with("x-amz-request-id", context.requestId())
                .with("Server", "AmazonS3"),
        RestXml::error);
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
                + request.path()),
        RestXml::error);
  }
}
