package dev.lambdarollouts.simulator.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lambdarollouts.simulator.RawClient;
import dev.lambdarollouts.simulator.TestAws;
import java.net.http.HttpResponse;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * What is asked of a bucket as a whole: whether it is there, where, and whether it keeps versions.
 */
class BucketStateTest {
  private final TestAws aws = new TestAws();
  private final S3Client s3 = aws.s3(TestAws.ACCOUNT, "eu-west-1");

  @BeforeEach
  void bucket() {
    s3.createBucket(
        r -> r.bucket("code").createBucketConfiguration(c -> c.locationConstraint("eu-west-1")));
  }

  @AfterEach
  void stop() {
    s3.close();
    aws.close();
  }

  @Test
  void aBucketOfOnesOwnIsThereAndTellsItsRegion() {
    assertThat(s3.headBucket(r -> r.bucket("code")).bucketRegion()).isEqualTo("eu-west-1");
  }

  @Test
  void whyABucketIsNotToBeHadIsToldByTheStatusAloneWithoutABody() {
    assertThat(
            catchThrowableOfType(
                NoSuchBucketException.class, () -> s3.headBucket(r -> r.bucket("none"))))
        .extracting(S3Exception::statusCode)
        .isEqualTo(404);
    try (S3Client other = aws.s3("222222222222", "eu-west-1");
        S3Client away = aws.s3(TestAws.ACCOUNT, "us-west-2")) {
      assertThat(headRefused(other).statusCode()).isEqualTo(403);
      assertThat(headRefused(away))
          .satisfies(refusal -> assertThat(refusal.statusCode()).isEqualTo(301))
          .extracting(
              refusal ->
                  refusal
                      .awsErrorDetails()
                      .sdkHttpResponse()
                      .firstMatchingHeader("x-amz-bucket-region"))
          .asInstanceOf(InstanceOfAssertFactories.OPTIONAL)
          .contains("eu-west-1");
    }
    HttpResponse<byte[]> none =
        new RawClient(aws.simulator.endpoint(), TestAws.ACCOUNT, "s3").send("HEAD", "/none", "");
    assertThat(none.statusCode()).isEqualTo(404);
    assertThat(none.body()).isEmpty();
  }

  private static S3Exception headRefused(S3Client client) {
    return catchThrowableOfType(S3Exception.class, () -> client.headBucket(r -> r.bucket("code")));
  }

  @Test
  void versioningIsNothingUntilItIsTurnedOnAndSuspendedAfterwards() {
    assertThat(s3.getBucketVersioning(r -> r.bucket("code")).status())
        .as("never turned on")
        .isNull();
    for (BucketVersioningStatus status :
        new BucketVersioningStatus[] {
          BucketVersioningStatus.ENABLED, BucketVersioningStatus.SUSPENDED
        }) {
      s3.putBucketVersioning(r -> r.bucket("code").versioningConfiguration(v -> v.status(status)));
      assertThat(s3.getBucketVersioning(r -> r.bucket("code")).status()).isEqualTo(status);
    }
    assertThat(
            catchThrowableOfType(
                S3Exception.class, () -> s3.getBucketVersioning(r -> r.bucket("none"))))
        .extracting(refusal -> refusal.awsErrorDetails().errorCode())
        .isEqualTo("NoSuchBucket");
  }
}
