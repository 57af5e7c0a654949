package dev.lambdarollouts.aws;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.lambda.LambdaClient;

/** The ports over a scripted AWS, through the real SDK without its retries. */
final class ScriptedLambda implements AutoCloseable {
  static final ReleaseHash RELEASES =
      new ReleaseHash(new InstallationIdentity("lr-1", GatewayOverHttp.KEY));

  final ScriptedAws aws = new ScriptedAws();
  final ManualTime time = new ManualTime();
  private final LambdaClient client =
      LambdaClient.builder()
          .region(Region.US_EAST_1)
          .endpointOverride(aws.endpoint())
          .httpClient(UrlConnectionHttpClient.create())
          .credentialsProvider(
              StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDEXAMPLE", "s")))
          .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()))
          .build();
  final AwsCalls calls = FakeSts.calls(FakeSts.rightAccount(), time);
  final LambdaAliases aliases = new LambdaAliases(client, calls, time);
  final LambdaFunctions functions = new LambdaFunctions(client, calls, RELEASES);

  @Override
  public void close() {
    client.close();
    aws.close();
  }
}
