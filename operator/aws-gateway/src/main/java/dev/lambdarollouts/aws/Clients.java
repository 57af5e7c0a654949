package dev.lambdarollouts.aws;

import java.util.List;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * The SDK's clients for one account, region and role.
 *
 * @param owned what goes with them, closed in this order
 */
record Clients(
    LambdaClient lambda, CloudWatchClient cloudWatch, StsClient sts, List<SdkAutoCloseable> owned)
    implements AutoCloseable {

  @Override
  public void close() {
    owned.forEach(SdkAutoCloseable::close);
  }
}
