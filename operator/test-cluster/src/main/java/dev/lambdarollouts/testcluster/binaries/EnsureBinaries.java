package dev.lambdarollouts.testcluster.binaries;

import java.util.function.Consumer;

/** Gets the binaries, from wherever they can be had. */
public final class EnsureBinaries {

  private EnsureBinaries() {}

  /**
   * The binaries, from the cache.
   *
   * @throws BinariesUnavailable when there are none; its message says what to do
   */
  public static ClusterBinaries ensure(Consumer<String> progress) {
    BinaryCache cache = BinaryCache.ofThisMachine();
    return cache
        .find()
        .orElseThrow(
            () ->
                new BinariesUnavailable(
                    "no binaries in " + cache.folder(cache.release().kubernetes())));
  }
}
