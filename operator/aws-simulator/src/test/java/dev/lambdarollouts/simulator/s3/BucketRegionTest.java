package dev.lambdarollouts.simulator.s3;

import static dev.lambdarollouts.simulator.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.simulator.RawClient;
import dev.lambdarollouts.simulator.TestAws;
import dev.lambdarollouts.simulator.Zips;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** A bucket is behind the endpoint of its region only, for clients and for Lambda. */
class BucketRegionTest {
  private static final String MOVED =
      "The bucket you are attempting to access must be addressed using the specified endpoint."
          + " Please send all future requests to this endpoint.";

  private final TestAws aws = new TestAws();
  private final S3Client there = aws.s3(TestAws.ACCOUNT, "eu-central-1");
  private final S3Client here = aws.s3(TestAws.ACCOUNT, "eu-west-1");

  @BeforeEach
  void bucketElsewhere() {
    there.createBucket(
        r ->
            r.bucket("elsewhere")
                .createBucketConfiguration(c -> c.locationConstraint("eu-central-1")));
    there.putObject(
        r -> r.bucket("elsewhere").key("hello.zip"),
        RequestBody.fromBytes(Zips.of("index.js", "elsewhere")));
  }

  @AfterEach
  void stop() {
    here.close();
    there.close();
    aws.close();
  }

  @Test
  void objectsAreNotReachedThroughAnotherRegion() {
    refused(
        301,
        "PermanentRedirect",
        MOVED,
        () -> here.getObjectAsBytes(r -> r.bucket("elsewhere").key("hello.zip")));
    refused(
        301,
        "PermanentRedirect",
        MOVED,
        () ->
            here.putObject(
                r -> r.bucket("elsewhere").key("new"), RequestBody.fromString("content")));
    refused(301, "PermanentRedirect", MOVED, () -> here.listObjectsV2(r -> r.bucket("elsewhere")));
    assertThat(there.listObjectsV2(r -> r.bucket("elsewhere")).contents()).hasSize(1);
  }

  @Test
  void theAnswerTellsTheRightEndpointAndRegion() {
    var reply =
        new RawClient(aws.simulator.endpoint(), TestAws.ACCOUNT, "s3")
            .send("GET", "/elsewhere/hello.zip", "");

    assertThat(reply.headers().firstValue("x-amz-bucket-region")).hasValue("eu-central-1");
    assertThat(new String(reply.body(), StandardCharsets.UTF_8))
        .contains(
            "<Endpoint>elsewhere.s3.eu-central-1.amazonaws.com</Endpoint><Bucket>elsewhere</Bucket>")
        .doesNotContain("<Region>");
  }

  @Test
  void whereABucketIsIsToldEverywhere() {
    assertThat(here.getBucketLocation(r -> r.bucket("elsewhere")).locationConstraintAsString())
        .isEqualTo("eu-central-1");
  }

  @Test
  void anObjectIsCopiedFromAnotherRegion() {
    here.createBucket(
        r -> r.bucket("near").createBucketConfiguration(c -> c.locationConstraint("eu-west-1")));

    here.copyObject(
        r ->
            r.sourceBucket("elsewhere")
                .sourceKey("hello.zip")
                .destinationBucket("near")
                .destinationKey("hello.zip"));

    assertThat(here.getObjectAsBytes(r -> r.bucket("near").key("hello.zip")).asByteArray())
        .isEqualTo(Zips.of("index.js", "elsewhere"));
  }

  @Test
  void lambdaDoesNotTakeCodeFromAnotherRegion() {
    refused(
        400,
        "InvalidParameterValueException",
        "Error occurred while GetObject. S3 Error Code: PermanentRedirect. S3 Error Message: The"
            + " bucket is in this region: eu-central-1. Please use this region to retry the"
            + " request",
        () ->
            aws.create(
                "hello", r -> r.code(code -> code.s3Bucket("elsewhere").s3Key("hello.zip"))));
  }
}
