package dev.lambdarollouts.testcluster.binaries;

import java.io.IOException;
import java.util.function.Consumer;

/** A place from which the binaries can come into the cache. */
interface BinarySource {

  /** What it does, in a word, for the message when all sources failed. */
  String name();

  /**
   * Puts the three binaries into the cache, or tells why it cannot. Called by one run at a time.
   *
   * @param progress told at least every quarter of a minute what is being done
   * @throws IOException when files of this machine cannot be read or written
   */
  Outcome fill(BinaryCache cache, Consumer<String> progress)
      throws IOException, InterruptedException;

  /** How it went. */
  sealed interface Outcome {

    /** The cache has them now. */
    record Filled() implements Outcome {}

    /** They cannot be had from here, and that is why. */
    record Unavailable(String reason) implements Outcome {}
  }
}
