package dev.lambdarollouts.simulator.s3;

import static dev.lambdarollouts.simulator.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lambdarollouts.simulator.RawClient;
import dev.lambdarollouts.simulator.TestAws;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Buckets for code and their objects, with the AWS SDK and on the wire. */
class BucketTest {
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

  private PutObjectResponse put(String key, String content) {
    return s3.putObject(r -> r.bucket("code").key(key), RequestBody.fromString(content));
  }

  private String get(String key) {
    return s3.getObjectAsBytes(r -> r.bucket("code").key(key)).asUtf8String();
  }

  @Test
  void anObjectComesBackWithWhatItWasPutWith() {
    s3.putObject(
        r ->
            r.bucket("code")
                .key("a b/ü+.zip")
                .contentType("application/zip")
                .cacheControl("no-cache")
                .metadata(Map.of("release", "7")),
        RequestBody.fromString("content"));

    GetObjectResponse got = s3.getObjectAsBytes(r -> r.bucket("code").key("a b/ü+.zip")).response();
    assertThat(got.contentType()).isEqualTo("application/zip");
    assertThat(got.cacheControl()).isEqualTo("no-cache");
    assertThat(got.metadata()).isEqualTo(Map.of("release", "7"));
    assertThat(got.eTag()).isEqualTo("\"9a0364b9e99bb480dd25e1f0284c8555\"");
    assertThat(got.serverSideEncryptionAsString()).isEqualTo("AES256");
    assertThat(got.lastModified()).isEqualTo(TestAws.START);
    assertThat(s3.headObject(r -> r.bucket("code").key("a b/ü+.zip")).contentLength()).isEqualTo(7);
  }

  @Test
  void checksumsAreCheckedKeptAndReturned() {
    PutObjectResponse put = put("a", "123456789");
    assertThat(put.checksumCRC32()).as("the SDK's own choice").isEqualTo("y/Q5Jg==");
    assertThat(put.checksumTypeAsString()).isEqualTo("FULL_OBJECT");
    PutObjectResponse sha =
        s3.putObject(
            r -> r.bucket("code").key("b").checksumAlgorithm(ChecksumAlgorithm.SHA256),
            RequestBody.fromString("123456789"));
    assertThat(sha.checksumSHA256()).isEqualTo("FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU=");
    assertThat(
            s3.headObject(r -> r.bucket("code").key("b").checksumMode(ChecksumMode.ENABLED))
                .checksumSHA256())
        .isEqualTo(sha.checksumSHA256());

    RawClient raw = new RawClient(aws.simulator.endpoint(), TestAws.ACCOUNT, "s3");
    byte[] body = "123456789".getBytes(StandardCharsets.UTF_8);
    assertThat(raw.send("PUT", "/code/c", body).headers().firstValue("x-amz-checksum-crc64nvme"))
        .as("without one S3 computes its own")
        .contains("rosUhgp5mIg=");
    HttpResponse<byte[]> wrong =
        raw.send("PUT", "/code/d", body, "x-amz-checksum-crc32c", "AAAAAA==");
    assertThat(wrong.statusCode()).isEqualTo(400);
    assertThat(new String(wrong.body(), StandardCharsets.UTF_8))
        .contains("<Code>BadDigest</Code>", "The CRC32C you specified did not match");
    assertThat(
            raw.send("PUT", "/code/d", body, "Content-MD5", "1B2M2Y8AsgTpgAmY7PhCfg==")
                .statusCode())
        .isEqualTo(400);
    byte[] chunked =
        "9\r\n123456789\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n"
            .getBytes(StandardCharsets.UTF_8);
    assertThat(raw.send("PUT", "/code/d", chunked, "Content-Encoding", "aws-chunked").statusCode())
        .as("a wrong trailer")
        .isEqualTo(400);
    refused404("d");
  }

  @Test
  void rangesAreAsInHttp() {
    put("a", "0123456789");

    assertThat(range("bytes=2-4")).isEqualTo("234");
    assertThat(range("bytes=7-")).isEqualTo("789");
    assertThat(range("bytes=-3")).isEqualTo("789");
    assertThat(range("bytes=8-100")).isEqualTo("89");
    assertThat(range("bytes=5-2")).as("unreadable ranges are ignored").isEqualTo("0123456789");
    GetObjectResponse part =
        s3.getObjectAsBytes(r -> r.bucket("code").key("a").range("bytes=2-4")).response();
    assertThat(part.contentRange()).isEqualTo("bytes 2-4/10");
    refused(
        416, "InvalidRange", "The requested range is not satisfiable", () -> range("bytes=10-"));
  }

  private String range(String range) {
    return s3.getObjectAsBytes(r -> r.bucket("code").key("a").range(range)).asUtf8String();
  }

  @Test
  void readsAndWritesAreConditional() {
    String etag = put("a", "one").eTag();

    assertThat(
            catchThrowableOfType(
                    S3Exception.class,
                    () -> s3.getObjectAsBytes(r -> r.bucket("code").key("a").ifNoneMatch(etag)))
                .statusCode())
        .isEqualTo(304);
    assertThat(
            catchThrowableOfType(
                    S3Exception.class,
                    () ->
                        s3.getObjectAsBytes(
                            r -> r.bucket("code").key("a").ifModifiedSince(TestAws.START)))
                .statusCode())
        .isEqualTo(304);
    refused(
        412,
        "PreconditionFailed",
        "At least one of the pre-conditions you specified did not hold",
        () -> s3.getObjectAsBytes(r -> r.bucket("code").key("a").ifMatch("\"other\"")));
    refused(
        412,
        "PreconditionFailed",
        "At least one of the pre-conditions you specified did not hold",
        () ->
            s3.putObject(
                r -> r.bucket("code").key("a").ifNoneMatch("*"), RequestBody.fromString("two")));
    assertThat(get("a")).isEqualTo("one");
    s3.putObject(r -> r.bucket("code").key("b").ifNoneMatch("*"), RequestBody.fromString("new"));
    s3.putObject(r -> r.bucket("code").key("a").ifMatch(etag), RequestBody.fromString("two"));
    refused(
        412,
        "PreconditionFailed",
        "At least one of the pre-conditions you specified did not hold",
        () ->
            s3.putObject(
                r -> r.bucket("code").key("a").ifMatch(etag), RequestBody.fromString("three")));
  }

  @Test
  void objectsAreCopiedAndDeletedTogether() {
    put("a", "one");
    s3.copyObject(
        r -> r.sourceBucket("code").sourceKey("a").destinationBucket("code").destinationKey("b"));
    assertThat(get("b")).isEqualTo("one");

    var deleted =
        s3.deleteObjects(
            r ->
                r.bucket("code")
                    .delete(
                        d ->
                            d.objects(
                                ObjectIdentifier.builder().key("a").build(),
                                ObjectIdentifier.builder().key("none").build())));
    assertThat(deleted.deleted()).hasSize(2);
    assertThat(s3.listObjectsV2(r -> r.bucket("code")).contents())
        .extracting(S3Object::key)
        .containsExactly("b");
  }

  @Test
  void whatIsNotAllowedOrNotThereIsRefused() {
    refused(
        409,
        "BucketAlreadyOwnedByYou",
        "Your previous request to create the named bucket succeeded and you already own it.",
        () -> s3.createBucket(r -> r.bucket("code")));
    try (S3Client other = aws.s3("222222222222", "eu-west-1")) {
      refused(
          403, "AccessDenied", "Access Denied", () -> other.listObjectsV2(r -> r.bucket("code")));
      assertThat(other.listBuckets().buckets()).isEmpty();
    }
    refused(
        404,
        "NoSuchBucket",
        "The specified bucket does not exist",
        () -> s3.listObjectsV2(r -> r.bucket("none")));
    RawClient raw = new RawClient(aws.simulator.endpoint(), TestAws.ACCOUNT, "s3");
    assertThat(new String(raw.send("PUT", "/_simulator", "").body(), StandardCharsets.UTF_8))
        .as("so the control API hides no bucket")
        .contains("<Code>InvalidBucketName</Code>", "<BucketName>_simulator</BucketName>");
    HttpResponse<byte[]> acl = raw.send("PUT", "/another?acl", "");
    assertThat(acl.statusCode()).isEqualTo(400);
    assertThat(new String(acl.body(), StandardCharsets.UTF_8))
        .contains("does not have the S3 operation behind PUT /another?acl");
    assertThat(s3.listBuckets().buckets())
        .singleElement()
        .satisfies(bucket -> assertThat(bucket.creationDate()).isEqualTo(TestAws.START));
    assertThat(raw.send("PUT", "/code/b", new byte[0], "x-amz-copy-source", "%%").statusCode())
        .isEqualTo(400);
    assertThat(
            raw.send(
                    "PUT",
                    "/code/b",
                    "zz".getBytes(StandardCharsets.UTF_8),
                    "Content-Encoding",
                    "aws-chunked")
                .statusCode())
        .isEqualTo(400);
    HttpResponse<byte[]> xml = raw.send("PUT", "/code?versioning", "<!DOCTYPE x><x/>");
    assertThat(new String(xml.body(), StandardCharsets.UTF_8))
        .contains("<Code>MalformedXML</Code>");
  }

  private void refused404(String key) {
    refused(404, "NoSuchKey", "The specified key does not exist.", () -> get(key));
  }
}
