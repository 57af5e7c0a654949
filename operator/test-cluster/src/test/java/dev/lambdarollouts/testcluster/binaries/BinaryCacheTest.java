package dev.lambdarollouts.testcluster.binaries;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BinaryCacheTest {

  @TempDir Path root;
  private BinaryCache cache;

  @BeforeEach
  void makeCache() {
    cache = FakeBinaries.cacheIn(root);
  }

  @Test
  void liesWhereKubeApiTestLooks() {
    assertThat(BinaryCache.root(Map.of("KUBE_API_TEST_DIR", "/somewhere")::get, "/home/me"))
        .isEqualTo(Path.of("/somewhere"));
    assertThat(BinaryCache.root(Map.<String, String>of()::get, "/home/me"))
        .isEqualTo(Path.of("/home/me/.kubeapitest"));
    assertThat(BinaryCache.root(Map.of("KUBE_API_TEST_DIR", "")::get, "/home/me"))
        .isEqualTo(Path.of("/home/me/.kubeapitest"));
    assertThat(cache.folder("1.35.4")).isEqualTo(root.resolve("k8s/1.35.4-linux-amd64"));
  }

  @Test
  void findsNothingInAFolderThatDoesNotExist() {
    assertThat(cache.find()).isEmpty();
  }

  @Test
  void findsACompleteSetAndNoOther() throws Exception {
    FakeBinaries.install(cache, "1.35.4", "etcd");
    FakeBinaries.install(cache, "1.35.4", "kubectl");
    assertThat(cache.find()).isEmpty();

    FakeBinaries.install(cache, "1.35.4", "kube-apiserver");
    assertThat(cache.find())
        .hasValueSatisfying(
            found ->
                assertThat(found.kubeApiServer())
                    .isEqualTo(root.resolve("k8s/1.35.4-linux-amd64/kube-apiserver")));
  }

  @Test
  void takesAnotherPatchReleaseOfTheSameMinorNewestFirst() throws Exception {
    FakeBinaries.installAll(cache, "1.35.2");
    FakeBinaries.installAll(cache, "1.35.10");
    FakeBinaries.installAll(cache, "1.36.0");
    Files.createDirectories(cache.folder("1.35.11"));

    assertThat(cache.find().orElseThrow().etcd().toString()).contains("1.35.10-linux-amd64");

    FakeBinaries.installAll(cache, "1.35.4");
    assertThat(cache.find().orElseThrow().etcd().toString()).contains("1.35.4-linux-amd64");
  }

  @Test
  void doesNotTakeThoseOfAnotherPlatform() throws Exception {
    FakeBinaries.installAll(
        new BinaryCache(root, BinaryRelease.CURRENT, new Platform("darwin", "arm64")), "1.35.4");

    assertThat(cache.find()).isEmpty();
  }

  @Test
  void removesWhatKilledRunsLeft() throws Exception {
    Path abandoned = cache.versions().resolve(".1.35.4-linux-amd64.999999999.tmp");
    Files.createDirectories(abandoned.resolve("go-tmp"));
    Path ofAnotherRelease = cache.versions().resolve(".1.34.0-linux-amd64.999999999.tmp");
    Files.createDirectories(ofAnotherRelease);

    cache.removeAbandonedScratch();

    assertThat(abandoned).doesNotExist();
    assertThat(ofAnotherRelease).exists();
  }
}
