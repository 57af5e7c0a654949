package dev.lambdarollouts.testcluster.binaries;

import java.nio.file.Path;
import java.util.function.Consumer;

/** A program that takes the lock and ends. */
final class LockTaker {

  private LockTaker() {}

  public static void main(String[] arguments) throws Exception {
    Consumer<String> progress = System.out::println;
    try (CacheLock _ = CacheLock.take(Path.of(arguments[0]), progress)) {
      System.out.println("taken");
    }
  }
}
