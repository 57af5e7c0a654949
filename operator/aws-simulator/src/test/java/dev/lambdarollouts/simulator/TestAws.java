package dev.lambdarollouts.simulator;

import dev.lambdarollouts.simulator.time.ManualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.CreateFunctionRequest;
import software.amazon.awssdk.services.lambda.model.CreateFunctionResponse;
import software.amazon.awssdk.services.lambda.model.PublishVersionResponse;
import software.amazon.awssdk.services.lambda.model.Runtime;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sts.StsClient;

/** A simulator on a clock that the test moves, and the AWS SDK for Java as its client. */
public final class TestAws implements AutoCloseable {
  public static final String ACCOUNT = "111111111111";
  public static final String ROLE = "arn:aws:iam::111111111111:role/lambda-execution";
  public static final Instant START = Instant.parse("2026-01-05T10:00:00Z");

  public final ManualTime time = new ManualTime(START);
  public final AwsSimulator simulator;
  public final LambdaClient lambda;
  public final CloudWatchClient cloudWatch;
  public final StsClient sts;

  public TestAws() {
    this(builder -> {});
  }

  public TestAws(Consumer<AwsSimulator.Builder> settings) {
    AwsSimulator.Builder builder =
        AwsSimulator.builder().clock(time).account(ACCOUNT).region("eu-west-1");
    settings.accept(builder);
    simulator = builder.start();
    lambda = lambda(ACCOUNT, "eu-west-1");
    cloudWatch = cloudWatch(ACCOUNT, "eu-west-1");
    sts = sts(AwsBasicCredentials.create(ACCOUNT, "secret"));
  }

  public StsClient sts(AwsCredentials credentials) {
    return client(StsClient.builder(), credentials, "eu-west-1");
  }

  public LambdaClient lambda(String accessKey, String region) {
    return lambda(AwsBasicCredentials.create(accessKey, "secret"), region);
  }

  public LambdaClient lambda(AwsCredentials credentials, String region) {
    return client(LambdaClient.builder(), credentials, region);
  }

  public CloudWatchClient cloudWatch(String accessKey, String region) {
    return client(
        CloudWatchClient.builder(), AwsBasicCredentials.create(accessKey, "secret"), region);
  }

  public S3Client s3(String accessKey, String region) {
    return client(
        S3Client.builder().forcePathStyle(true),
        AwsBasicCredentials.create(accessKey, "secret"),
        region);
  }

  private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(
      B builder, AwsCredentials credentials, String region) {
    return builder
        .endpointOverride(simulator.endpoint())
        .region(Region.of(region))
        .credentialsProvider(StaticCredentialsProvider.create(credentials))
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .overrideConfiguration(
            override ->
                override.retryStrategy(RetryMode.STANDARD).apiCallTimeout(Duration.ofSeconds(30)))
        .build();
  }

  /** Creates a function of a runtime that does not run here, and lets it become Active. */
  public CreateFunctionResponse create(String name) {
    return create(name, request -> {});
  }

  public CreateFunctionResponse create(
      String name, Consumer<CreateFunctionRequest.Builder> settings) {
    CreateFunctionRequest.Builder request =
        CreateFunctionRequest.builder()
            .functionName(name)
            .runtime(Runtime.NODEJS22_X)
            .handler("index.handler")
            .role(ROLE)
            .code(code -> code.zipFile(SdkBytes.fromByteArray(Zips.of("index.js", "code 1"))));
    settings.accept(request);
    CreateFunctionResponse response = lambda.createFunction(request.build());
    settle();
    return response;
  }

  /** New code, published as a version. */
  public PublishVersionResponse release(String name, String code) {
    lambda.updateFunctionCode(
        request ->
            request.functionName(name).zipFile(SdkBytes.fromByteArray(Zips.of("index.js", code))));
    settle();
    return lambda.publishVersion(request -> request.functionName(name));
  }

  /** Lets everything that is Pending or InProgress come to rest. */
  public void settle() {
    advance(Duration.ofSeconds(5));
  }

  public void advance(Duration step) {
    time.advance(step);
    simulator.tick();
  }

  public static String arn(String function) {
    return "arn:aws:lambda:eu-west-1:" + ACCOUNT + ":function:" + function;
  }

  @Override
  public void close() {
    lambda.close();
    cloudWatch.close();
    sts.close();
    simulator.close();
  }
}
