package dev.lambdarollouts.testcluster.binaries;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Files that stand for the programs, and sources that bring or refuse them. */
final class FakeBinaries {

  private FakeBinaries() {}

  static BinaryCache cacheIn(Path root) {
    return new BinaryCache(
        root, new BinaryRelease("1.35.4", "3.6.16"), new Platform("linux", "amd64"));
  }

  static void installAll(BinaryCache cache, String version) throws IOException {
    for (String name : ClusterBinaries.NAMES) {
      install(cache, version, name);
    }
  }

  static void install(BinaryCache cache, String version, String name) throws IOException {
    Files.createDirectories(cache.versions());
    Path program = Files.createTempFile(cache.versions(), name, ".new");
    cache.install(program, name, version);
  }

  /** A source that remembers whether it was asked. */
  static final class Source implements BinarySource {
    private final String name;
    private final boolean works;
    private final List<String> asked = new ArrayList<>();

    Source(String name, boolean works) {
      this.name = name;
      this.works = works;
    }

    int timesAsked() {
      return asked.size();
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public Outcome fill(BinaryCache cache, Consumer<String> progress) throws IOException {
      asked.add(name);
      if (!works) {
        return new Outcome.Unavailable("not today");
      }
      installAll(cache, cache.release().kubernetes());
      return new Outcome.Filled();
    }
  }
}
