package dev.lambdarollouts.aws;

import dev.lambdarollouts.engine.fact.AwsFailure;
import dev.lambdarollouts.engine.port.StageTarget;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A gateway over real HTTP, on a clock that a test moves, that keeps what its listener heard. */
final class GatewayOverHttp implements AutoCloseable {
  static final StageTarget TARGET = new StageTarget("111122223333", "us-east-1", null);
  static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8);

  private final List<String> heard = new CopyOnWriteArrayList<>();
  final ManualTime time;
  final AwsGateway gateway;

  GatewayOverHttp(URI endpoint) {
    this(endpoint, new ManualTime());
  }

  GatewayOverHttp(URI endpoint, ManualTime time) {
    this.time = time;
    // Credentials as any user of the SDK may set them; what they are, the far end does not ask.
    System.setProperty("aws.accessKeyId", "AKIDEXAMPLE");
    System.setProperty("aws.secretAccessKey", "secret");
    GatewaySettings settings =
        new GatewaySettings(
            new Quotas(1_000, 1_000, 1_000, 1_000),
            Duration.ofSeconds(5),
            Duration.ofSeconds(60),
            endpoint);
    gateway = new AwsGateway(time, new InstallationIdentity("lr-1", KEY), settings, this::called);
  }

  private void called(String service, String operation, AwsFailure.@Nullable Kind failure) {
    heard.add(service + " " + operation + " " + (failure == null ? "OK" : failure));
  }

  /** {@code lambda UpdateAlias OK}, in order. */
  List<String> heard() {
    return heard;
  }

  @Override
  public void close() {
    gateway.close();
  }
}
