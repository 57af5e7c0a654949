package dev.lambdarollouts.simulator.s3;

import static dev.lambdarollouts.simulator.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.simulator.TestAws;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.DeleteObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ObjectVersion;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Versions of objects, and lists of objects and versions in pages. */
class ObjectListTest {
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

  private void version() {
    s3.putBucketVersioning(
        r ->
            r.bucket("code")
                .versioningConfiguration(v -> v.status(BucketVersioningStatus.ENABLED)));
  }

  @Test
  void versionsStayUntilTheyAreDeletedByTheirId() {
    put("a", "before");
    version();
    String one = put("a", "one").versionId();
    aws.advance(Duration.ofSeconds(1));
    String two = put("a", "two").versionId();
    DeleteObjectResponse deleted = s3.deleteObject(r -> r.bucket("code").key("a"));

    assertThat(deleted.deleteMarker()).isTrue();
    refused404("a");
    assertThat(s3.getObjectAsBytes(r -> r.bucket("code").key("a").versionId(one)).asUtf8String())
        .isEqualTo("one");
    refused(
        405,
        "MethodNotAllowed",
        "The specified method is not allowed against this resource.",
        () -> s3.getObject(r -> r.bucket("code").key("a").versionId(deleted.versionId())));
    ListObjectVersionsResponse versions = s3.listObjectVersions(r -> r.bucket("code"));
    assertThat(versions.versions())
        .extracting(ObjectVersion::versionId)
        .containsExactly(two, one, "null");
    assertThat(versions.versions()).noneMatch(ObjectVersion::isLatest);
    assertThat(versions.deleteMarkers())
        .singleElement()
        .satisfies(marker -> assertThat(marker.isLatest()).isTrue());

    s3.deleteObject(r -> r.bucket("code").key("a").versionId(deleted.versionId()));
    assertThat(get("a")).isEqualTo("two");
    s3.deleteObject(r -> r.bucket("code").key("a").versionId(two));
    assertThat(get("a")).isEqualTo("one");
    refused(
        409,
        "BucketNotEmpty",
        "The bucket you tried to delete is not empty",
        () -> s3.deleteBucket(r -> r.bucket("code")));
  }

  @Test
  void listsComeInPagesAndByPrefix() {
    for (String key : List.of("a/1", "a/2", "b", "c/1", "c/d/2", "e f")) {
      put(key, key);
    }
    List<String> keys = new ArrayList<>();
    int pages = 0;
    for (ListObjectsV2Response page : s3.listObjectsV2Paginator(r -> r.bucket("code").maxKeys(2))) {
      pages++;
      assertThat(page.keyCount()).isEqualTo(2);
      page.contents().forEach(object -> keys.add(object.key()));
    }
    assertThat(pages).isEqualTo(3);
    assertThat(keys).containsExactly("a/1", "a/2", "b", "c/1", "c/d/2", "e f");

    List<String> entries = new ArrayList<>();
    for (ListObjectsV2Response page :
        s3.listObjectsV2Paginator(r -> r.bucket("code").delimiter("/").maxKeys(1))) {
      page.commonPrefixes().stream().map(CommonPrefix::prefix).forEach(entries::add);
      page.contents().stream().map(S3Object::key).forEach(entries::add);
    }
    assertThat(entries).containsExactly("a/", "b", "c/", "e f");
    assertThat(s3.listObjectsV2(r -> r.bucket("code").prefix("c/").delimiter("/")).contents())
        .extracting(S3Object::key)
        .containsExactly("c/1");
    assertThat(s3.listObjectsV2(r -> r.bucket("code").startAfter("b")).contents()).hasSize(3);
    assertThat(s3.listObjects(r -> r.bucket("code").marker("c/1")).contents()).hasSize(2);
  }

  @Test
  void listsOfVersionsComeInPages() {
    version();
    List<String> put = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      put.add(put("a", "a" + i).versionId());
      put.add(put("b", "b" + i).versionId());
    }
    List<String> listed = new ArrayList<>();
    int pages = 0;
    for (ListObjectVersionsResponse page :
        s3.listObjectVersionsPaginator(r -> r.bucket("code").maxKeys(2))) {
      pages++;
      page.versions().forEach(version -> listed.add(version.versionId()));
    }
    assertThat(pages).isEqualTo(3);
    assertThat(listed)
        .containsExactly(put.get(4), put.get(2), put.get(0), put.get(5), put.get(3), put.get(1));
  }

  private void refused404(String key) {
    refused(404, "NoSuchKey", "The specified key does not exist.", () -> get(key));
  }
}
