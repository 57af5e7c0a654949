package dev.lambdarollouts.testcluster.binaries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnsureBinariesTest {

  @TempDir Path root;
  private final List<String> progress = new ArrayList<>();
  private BinaryCache cache;

  @BeforeEach
  void makeCache() {
    cache = FakeBinaries.cacheIn(root);
  }

  @Test
  void asksNoSourceWhenTheCacheIsFull() throws Exception {
    FakeBinaries.installAll(cache, "1.35.4");
    FakeBinaries.Source download = new FakeBinaries.Source("download", true);

    ensure(download);

    assertThat(download.timesAsked()).isZero();
    assertThat(progress).isEmpty();
  }

  @Test
  void takesTheFirstSourceThatWorks() {
    FakeBinaries.Source download = new FakeBinaries.Source("download", true);
    FakeBinaries.Source build = new FakeBinaries.Source("build with Go", true);

    assertThat(ensure(download, build)).isEqualTo(cache.find().orElseThrow());

    assertThat(download.timesAsked()).isEqualTo(1);
    assertThat(build.timesAsked()).isZero();
  }

  @Test
  void goesOnToTheNextSourceAndSaysWhy() {
    FakeBinaries.Source download = new FakeBinaries.Source("download", false);
    FakeBinaries.Source build = new FakeBinaries.Source("build with Go", true);

    ensure(download, build);

    assertThat(build.timesAsked()).isEqualTo(1);
    assertThat(progress).containsExactly("test-cluster: download: not today");
  }

  @Test
  void failsWithEveryReasonAndWhatToDoWhenNoSourceWorks() {
    assertThatThrownBy(
            () ->
                ensure(
                    new FakeBinaries.Source("download", false),
                    new FakeBinaries.Source("build with Go", false)))
        .isInstanceOf(BinariesUnavailable.class)
        .hasMessageContaining("- download: not today")
        .hasMessageContaining("- build with Go: not today")
        .hasMessageContaining("install Go")
        .hasMessageContaining("1.35.x")
        .hasMessageContaining(cache.folder("1.35.4").toString());
  }

  @Test
  void manyAtTheSameTimeFillTheCacheOnce() {
    FakeBinaries.Source download = new FakeBinaries.Source("download", true);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Stream.generate(
              () ->
                  CompletableFuture.supplyAsync(
                      () -> new EnsureBinaries(cache, List.of(download), line -> {}).ensure(),
                      threads))
          .limit(8)
          .toList()
          .forEach(CompletableFuture::join);
    }

    assertThat(download.timesAsked()).isEqualTo(1);
  }

  private ClusterBinaries ensure(BinarySource... sources) {
    return new EnsureBinaries(cache, List.of(sources), progress::add).ensure();
  }
}
