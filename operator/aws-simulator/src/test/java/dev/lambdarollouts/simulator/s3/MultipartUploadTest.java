package dev.lambdarollouts.simulator.s3;

import static dev.lambdarollouts.simulator.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.simulator.TestAws;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/** Uploads in parts: to their end, and given up. */
class MultipartUploadTest {
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
  void anUploadInPartsBecomesOneObject() {
    String upload =
        s3.createMultipartUpload(
                r -> r.bucket("code").key("big").checksumAlgorithm(ChecksumAlgorithm.CRC32))
            .uploadId();
    byte[] first = new byte[5 * 1024 * 1024];
    Arrays.fill(first, (byte) 'x');
    List<CompletedPart> parts = new ArrayList<>();
    for (int number = 1; number <= 2; number++) {
      int part = number;
      var uploaded =
          s3.uploadPart(
              r ->
                  r.bucket("code")
                      .key("big")
                      .uploadId(upload)
                      .partNumber(part)
                      .checksumAlgorithm(ChecksumAlgorithm.CRC32),
              part == 1 ? RequestBody.fromBytes(first) : RequestBody.fromString("end"));
      parts.add(
          CompletedPart.builder()
              .partNumber(number)
              .eTag(uploaded.eTag())
              .checksumCRC32(uploaded.checksumCRC32())
              .build());
    }
    assertThat(s3.listParts(r -> r.bucket("code").key("big").uploadId(upload)).parts()).hasSize(2);
    assertThat(s3.listMultipartUploads(r -> r.bucket("code")).uploads()).hasSize(1);
    refused(
        400,
        "InvalidPartOrder",
        "The list of parts was not in ascending order. The parts list must be specified in order by"
            + " part number.",
        () -> complete(upload, parts.reversed()));

    var completed = complete(upload, parts);
    assertThat(completed.eTag()).matches("\"[0-9a-f]{32}-2\"");
    assertThat(completed.checksumCRC32()).endsWith("-2");
    assertThat(completed.checksumTypeAsString()).isEqualTo("COMPOSITE");
    byte[] whole = s3.getObjectAsBytes(r -> r.bucket("code").key("big")).asByteArray();
    assertThat(whole).hasSize(first.length + 3);
    assertThat(new String(whole, first.length, 3, StandardCharsets.UTF_8)).isEqualTo("end");
    refused(
        404,
        "NoSuchUpload",
        "The specified upload does not exist. The upload ID may be invalid, or the upload may have"
            + " been aborted or completed.",
        () -> complete(upload, parts));
  }

  private CompleteMultipartUploadResponse complete(String upload, List<CompletedPart> parts) {
    return s3.completeMultipartUpload(
        r -> r.bucket("code").key("big").uploadId(upload).multipartUpload(m -> m.parts(parts)));
  }

  @Test
  void anUploadThatIsGivenUpIsGoneWithItsParts() {
    String given = begin();
    String kept = begin();

    assertThat(
            s3.abortMultipartUpload(r -> r.bucket("code").key("big").uploadId(given))
                .sdkHttpResponse()
                .statusCode())
        .isEqualTo(204);

    assertThat(s3.listMultipartUploads(r -> r.bucket("code")).uploads())
        .extracting(upload -> upload.uploadId())
        .containsExactly(kept);
    assertThat(s3.listObjectsV2(r -> r.bucket("code")).contents()).isEmpty();
    noSuchUpload(() -> s3.listParts(r -> r.bucket("code").key("big").uploadId(given)));
    noSuchUpload(
        () ->
            s3.uploadPart(
                r -> r.bucket("code").key("big").uploadId(given).partNumber(1),
                RequestBody.fromString("late")));
    noSuchUpload(() -> s3.abortMultipartUpload(r -> r.bucket("code").key("big").uploadId(given)));
  }

  /** An upload with one part. */
  private String begin() {
    String upload = s3.createMultipartUpload(r -> r.bucket("code").key("big")).uploadId();
    s3.uploadPart(
        r -> r.bucket("code").key("big").uploadId(upload).partNumber(1),
        RequestBody.fromString("part"));
    return upload;
  }

  private static void noSuchUpload(ThrowingCallable call) {
    refused(
        404,
        "NoSuchUpload",
        "The specified upload does not exist. The upload ID may be invalid, or the upload may have"
            + " been aborted or completed.",
        call);
  }
}
