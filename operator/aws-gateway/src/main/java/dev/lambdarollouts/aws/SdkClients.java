package dev.lambdarollouts.aws;

import dev.lambdarollouts.engine.port.StageTarget;
import dev.lambdarollouts.engine.port.StageTarget.AssumedRole;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsAssumeRoleCredentialsProvider;
import software.amazon.awssdk.services.sts.model.AssumeRoleRequest;
import software.amazon.awssdk.services.sts.model.Tag;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * Makes the SDK's clients: one HTTP client, one scheduler and one chain of own credentials for all
 * of them, so that closing one set never disturbs a call of another.
 */
final class SdkClients implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(3);

  /** A call that hangs must not hold a rollback, or the polls of alarms, for long. */
  private static final Duration ATTEMPT = Duration.ofSeconds(5);

  private static final Duration CALL = Duration.ofSeconds(16);

  /** Lambda fetches and unpacks the code before it answers. */
  private static final Duration CODE_ATTEMPT = Duration.ofSeconds(30);

  private static final Duration CODE_CALL = Duration.ofSeconds(70);
  private static final int LONGEST_SESSION_NAME = 64;

  private final String installation;
  private final @Nullable URI endpoint;
  private final KnownKeys keys;
  private final SdkHttpClient http =
      UrlConnectionHttpClient.builder()
          .connectionTimeout(CONNECT)
          .socketTimeout(CODE_ATTEMPT)
          .build();
  private final ScheduledExecutorService timeouts =
      Executors.newScheduledThreadPool(
          1, Thread.ofPlatform().daemon().name("aws-timeouts-", 0).factory());
  private final DefaultCredentialsProvider ownCredentials =
      DefaultCredentialsProvider.builder().build();

  SdkClients(String installation, @Nullable URI endpoint, KnownKeys keys) {
    this.installation = installation;
    this.keys = keys;
    this.endpoint = endpoint;
  }

  /** What a request that carries or names code is sent with: more time. */
  static void withTimeForCode(AwsRequestOverrideConfiguration.Builder override) {
    override.apiCallAttemptTimeout(CODE_ATTEMPT).apiCallTimeout(CODE_CALL);
  }

  Clients open(StageTarget target) {
    List<SdkAutoCloseable> owned = new ArrayList<>();
    AwsCredentialsProvider credentials =
        target.keys() == null ? ownCredentials : keys.of(target.keys());
    AssumedRole role = target.assumedRole();
    if (role != null) {
      StsClient base = configured(StsClient.builder(), target, ownCredentials).build();
      StsAssumeRoleCredentialsProvider assumed =
          StsAssumeRoleCredentialsProvider.builder()
              .stsClient(base)
              .refreshRequest(request(role))
              .build();
      owned.add(assumed);
      owned.add(base);
      credentials = assumed;
    }
    LambdaClient lambda = configured(LambdaClient.builder(), target, credentials).build();
    CloudWatchClient cloudWatch =
        configured(CloudWatchClient.builder(), target, credentials).build();
    StsClient sts = configured(StsClient.builder(), target, credentials).build();
    owned.addAll(List.of(lambda, cloudWatch, sts));
    return new Clients(lambda, cloudWatch, sts, List.copyOf(owned));
  }

  private AssumeRoleRequest request(AssumedRole role) {
    AssumeRoleRequest.Builder request =
        AssumeRoleRequest.builder().roleArn(role.roleArn()).roleSessionName(sessionName());
    if (role.externalId() != null) {
      request.externalId(role.externalId());
    }
    if (role.sessionDuration() != null) {
      request.durationSeconds(Math.toIntExact(role.sessionDuration().toSeconds()));
    }
    if (!role.sessionTags().isEmpty()) {
      request.tags(
          role.sessionTags().entrySet().stream()
              .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
              .toList());
    }
    return request.build();
  }

  /** Shown in CloudTrail; STS takes these characters only. */
  private String sessionName() {
    String name = "lambda-rollouts-" + installation.replaceAll("[^\\w+=,.@-]", "-");
    return name.substring(0, Math.min(name.length(), LONGEST_SESSION_NAME));
  }

  private <B extends AwsClientBuilder<B, ?> & AwsSyncClientBuilder<B, ?>> B configured(
      B builder, StageTarget target, AwsCredentialsProvider credentials) {
    builder
        .region(Region.of(target.region()))
        .credentialsProvider(credentials)
        .httpClient(http)
        .overrideConfiguration(
            ClientOverrideConfiguration.builder()
                .retryStrategy(RetryMode.STANDARD)
                .apiCallAttemptTimeout(ATTEMPT)
                .apiCallTimeout(CALL)
                .scheduledExecutorService(timeouts)
                .build());
    if (endpoint != null) {
      builder.endpointOverride(endpoint);
    }
    return builder;
  }

  @Override
  public void close() {
    ownCredentials.close();
    http.close();
    timeouts.shutdownNow();
  }
}
