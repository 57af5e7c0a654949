package dev.lambdarollouts.simulator.lambda;

import dev.lambdarollouts.simulator.lambda.function.FunctionVersion;
import dev.lambdarollouts.simulator.lambda.function.Functions;
import dev.lambdarollouts.simulator.lambda.function.LambdaFunction;
import dev.lambdarollouts.simulator.protocol.AwsError;
import dev.lambdarollouts.simulator.protocol.RestXml;
import dev.lambdarollouts.simulator.protocol.WireReply;
import dev.lambdarollouts.simulator.protocol.WireRequest;
import dev.lambdarollouts.simulator.service.AwsService;
import dev.lambdarollouts.simulator.service.Location;
import dev.lambdarollouts.simulator.service.RoutedCall;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where GetFunction's Code.Location leads: the packages, as S3 serves them. */
final class PackageDownloads implements AwsService {
  private final Functions functions;

  PackageDownloads(Functions functions) {
    this.functions = functions;
  }

  @Override
  public String scope() {
    return "s3";
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
  public Set<String> operations() {
    return Set.of("GetObject");
  }

  @Override
  public RoutedCall route(WireRequest request) {
    List<String> segments = request.segments();
    String file = segments.getLast();
    return new RoutedCall(
        scope(),
        "GetObject",
        file,
        true,
        context -> {
          byte[] zip = find(file, context.location());
          if (zip == null) {
            throw new AwsError("NoSuchKey", 404, "The specified key does not exist.");
          }
          return new WireReply(200, Map.of("Content-Type", "application/zip"), zip);
        },
        RestXml::error);
  }

  private byte @Nullable [] find(String file, Location location) {
    for (LambdaFunction function : functions.in(location).values()) {
      if (function.latest().packageFile().equals(file)) {
        return function.latest().code().zip();
      }
      for (FunctionVersion version : function.versions().values()) {
        if (version.packageFile().equals(file)) {
          return version.code().zip();
        }
      }
    }
    return null;
  }
}
