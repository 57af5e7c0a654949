package dev.lambdarollouts.testcluster;

import org.jspecify.annotations.Nullable;

/**
 * One cluster for all tests of a JVM, started when the first asks and stopped when the JVM ends.
 * Tests keep apart by namespace: {@link TestCluster#createNamespace}.
 */
public final class SharedTestCluster {

  private static @Nullable TestCluster cluster;

  private SharedTestCluster() {}

  /** The cluster of this JVM. Nobody closes it, and nobody stops its API server. */
  public static synchronized TestCluster get() {
    TestCluster running = cluster;
    if (running == null) {
      running = TestCluster.start();
      cluster = running;
    }
    return running;
  }
}
