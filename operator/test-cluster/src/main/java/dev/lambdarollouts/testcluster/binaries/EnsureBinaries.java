package dev.lambdarollouts.testcluster.binaries;

import dev.lambdarollouts.testcluster.binaries.BinarySource.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Gets the binaries, from wherever they can be had: the cache; else a download; else a build from
 * the Go modules, which takes some minutes once. There is no substitute for them.
 */
public final class EnsureBinaries {

  private final BinaryCache cache;
  private final List<BinarySource> sources;
  private final Consumer<String> progress;

  EnsureBinaries(BinaryCache cache, List<BinarySource> sources, Consumer<String> progress) {
    this.cache = cache;
    this.sources = List.copyOf(sources);
    this.progress = progress;
  }

  /**
   * The binaries for this machine. Returns at once when the cache has them; otherwise this may take
   * minutes, of which it tells. Runs at the same time wait for the first.
   *
   * @param progress told in one line each what is being done
   * @throws BinariesUnavailable when no source has them; its message says what to do
   */
  public static ClusterBinaries ensure(Consumer<String> progress) {
    return new EnsureBinaries(
            BinaryCache.ofThisMachine(),
            List.of(EnvtestDownload.ofKubernetes(), new GoBuild()),
            progress)
        .ensure();
  }

  ClusterBinaries ensure() {
    return cache.find().orElseGet(this::fillCache);
  }

  private ClusterBinaries fillCache() {
    try (CacheLock _ = CacheLock.take(cache.lockFile(), progress)) {
      Optional<ClusterBinaries> filledMeanwhile = cache.find();
      return filledMeanwhile.isPresent() ? filledMeanwhile.get() : fillFromFirstSource();
    } catch (IOException e) {
      throw new UncheckedIOException("could not fill the binary cache " + cache.versions(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BinariesUnavailable("interrupted while the Kubernetes binaries were being fetched");
    }
  }

  private ClusterBinaries fillFromFirstSource() throws IOException, InterruptedException {
    cache.removeAbandonedScratch();
    List<String> reasons = new ArrayList<>();
    for (BinarySource source : sources) {
      switch (source.fill(cache, progress)) {
        case Outcome.Filled() -> {
          return cache
              .find()
              .orElseThrow(
                  () -> new IllegalStateException(source.name() + " left the cache incomplete"));
        }
        case Outcome.Unavailable(String reason) -> reasons.add(source.name() + ": " + reason);
      }
      progress.accept("test-cluster: " + reasons.getLast());
    }
    throw new BinariesUnavailable(whatToDo(reasons));
  }

  private String whatToDo(List<String> reasons) {
    return """
    There is no kube-apiserver, etcd and kubectl %1$s for %2$s on this machine, and they could not be had:
    - cache: %3$s does not hold all three
    %4$s
    Do one of these and run again:
    - let this machine reach github.com and raw.githubusercontent.com over HTTPS (behind a proxy: JAVA_TOOL_OPTIONS="-Dhttps.proxyHost=... -Dhttps.proxyPort=...")
    - install Go 1.21 or newer (https://go.dev/dl) and put `go` on the PATH; building them takes about 5 minutes, once
    - put the three executables (any %5$s.x) into that folder by hand, or name the folder above `k8s` in KUBE_API_TEST_DIR\
    """
        .formatted(
            cache.release().kubernetes(),
            cache.platform(),
            cache.folder(cache.release().kubernetes()),
            String.join("\n", reasons.stream().map(reason -> "- " + reason).toList()),
            cache.release().minor());
  }
}
