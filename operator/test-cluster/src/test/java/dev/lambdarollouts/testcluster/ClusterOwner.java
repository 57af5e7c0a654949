package dev.lambdarollouts.testcluster;

import java.io.IOException;
import java.util.stream.Collectors;

/** A program that starts a cluster and never closes it. */
final class ClusterOwner {

  private ClusterOwner() {}

  public static void main(String[] arguments) throws IOException {
    TestCluster cluster = TestCluster.start();
    System.out.println(cluster.temporaryFolder());
    System.out.println(
        cluster.processIds().stream().map(String::valueOf).collect(Collectors.joining(" ")));
    if (arguments[0].equals("stay")) {
      System.in.read(); // Until someone kills it.
    }
  }
}
