package dev.lambdarollouts.testcluster;

import dev.lambdarollouts.testcluster.binaries.BinariesUnavailable;
import dev.lambdarollouts.testcluster.binaries.ClusterBinaries;
import dev.lambdarollouts.testcluster.binaries.EnsureBinaries;

/**
 * Makes sure that the binaries are there, before something starts that is to be quick. Progress
 * goes to stderr, the three paths to stdout; exit code 1 and a message when they cannot be had.
 */
public final class Main {

  private Main() {}

  /** Takes no arguments. */
  public static void main(String[] arguments) {
    try {
      ClusterBinaries binaries = EnsureBinaries.ensure(System.err::println);
      System.out.println(binaries.kubeApiServer());
      System.out.println(binaries.etcd());
      System.out.println(binaries.kubectl());
    } catch (BinariesUnavailable e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }
}
