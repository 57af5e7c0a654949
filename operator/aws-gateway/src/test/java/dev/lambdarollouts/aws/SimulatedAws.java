package dev.lambdarollouts.aws;

import dev.lambdarollouts.engine.fact.FunctionFact;
import dev.lambdarollouts.engine.fact.FunctionFact.DeployStep;
import dev.lambdarollouts.engine.port.AwsReply;
import dev.lambdarollouts.engine.port.FunctionDefinition;
import dev.lambdarollouts.engine.port.FunctionPort;
import dev.lambdarollouts.engine.port.Owner;
import dev.lambdarollouts.simulator.AwsSimulator;
import dev.lambdarollouts.simulator.door.Call;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.lambda.LambdaClient;

/**
 * The simulator and a gateway on one clock that the test moves; and clients of its own, for what
 * somebody else does in the account.
 */
final class SimulatedAws implements AutoCloseable {
  static final Owner OWNER = new Owner("lr-1", "shop", "hello");

  final ManualTime time = new ManualTime();
  final AwsSimulator simulator =
      AwsSimulator.builder().clock(time).account("111122223333").region("us-east-1").start();
  final GatewayOverHttp over = new GatewayOverHttp(simulator.endpoint(), time);
  final FunctionPort functions = over.gateway.functions(GatewayOverHttp.TARGET);
  final LambdaClient somebody =
      LambdaClient.builder()
          .endpointOverride(simulator.endpoint())
          .region(Region.US_EAST_1)
          .httpClient(UrlConnectionHttpClient.create())
          .credentialsProvider(
              StaticCredentialsProvider.create(AwsBasicCredentials.create("111122223333", "s")))
          .build();
  final CloudWatchClient cloudWatch =
      CloudWatchClient.builder()
          .endpointOverride(simulator.endpoint())
          .region(Region.US_EAST_1)
          .httpClient(UrlConnectionHttpClient.create())
          .credentialsProvider(
              StaticCredentialsProvider.create(AwsBasicCredentials.create("111122223333", "s")))
          .build();

  /** What an engine would do to get there, at most a dozen steps. */
  List<DeployStep> deployAll(FunctionDefinition wanted) {
    List<DeployStep> steps = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      switch (functions.read(wanted, OWNER)) {
        case FunctionFact.Absent _ -> deploy(DeployStep.CREATE, wanted, steps);
        case FunctionFact.Behind(DeployStep next, boolean created) -> deploy(next, wanted, steps);
        case FunctionFact.Settling _ -> time.advance(Duration.ofSeconds(5));
        case FunctionFact.Ready _ -> {
          return steps;
        }
        case FunctionFact fact -> throw new AssertionError("neither ready nor on the way: " + fact);
      }
    }
    throw new AssertionError("never ready, after " + steps);
  }

  private void deploy(DeployStep step, FunctionDefinition wanted, List<DeployStep> steps) {
    steps.add(step);
    if (functions.deploy(step, wanted, OWNER) instanceof AwsReply.Failed<?> failed) {
      throw new AssertionError(step + " failed: " + failed);
    }
  }

  /** Puts an object in the code bucket. */
  void upload(String bucket, String key, byte[] bytes) throws IOException, InterruptedException {
    put(URI.create(simulator.endpoint() + "/" + bucket), new byte[0]);
    put(URI.create(simulator.endpoint() + "/" + bucket + "/" + key), bytes);
  }

  private static void put(URI uri, byte[] bytes) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> response =
          client.send(
              HttpRequest.newBuilder(uri)
                  .header(
                      "Authorization",
                      "AWS4-HMAC-SHA256 Credential=111122223333/20261123/us-east-1/s3/aws4_request,"
                          + " SignedHeaders=host, Signature=0")
                  .PUT(HttpRequest.BodyPublishers.ofByteArray(bytes))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() >= 300) {
        throw new IOException(uri + " answered " + response.statusCode() + " " + response.body());
      }
    }
  }

  /** The calls to a service so far, as {@code UpdateAlias}, in order. */
  List<String> operations(String service) {
    return simulator.calls().of(service).stream().map(Call::operation).toList();
  }

  @Override
  public void close() {
    over.close();
    somebody.close();
    cloudWatch.close();
    simulator.close();
  }
}
