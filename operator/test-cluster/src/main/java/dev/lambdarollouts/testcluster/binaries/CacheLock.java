package dev.lambdarollouts.testcluster.binaries;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Lets one run on this machine fill the cache while the others wait. The operating system frees the
 * lock when its holder dies; the file stays, only the lock on it counts.
 */
final class CacheLock implements AutoCloseable {

  /**
   * Taken before the file is opened. A process that closes any channel of a file loses its lock on
   * it (POSIX), so no second thread may open the file meanwhile.
   */
  private static final ReentrantLock WITHIN_THIS_JVM = new ReentrantLock(true);

  private static final Duration TELL_EVERY = Duration.ofSeconds(10);
  private static final Duration LOOK_EVERY = Duration.ofMillis(200);

  private final FileChannel channel;

  private CacheLock(FileChannel channel) {
    this.channel = channel;
  }

  /** Waits, as long as it takes, until nobody else holds the lock. */
  static CacheLock take(Path file, Consumer<String> progress)
      throws IOException, InterruptedException {
    Waiting waiting = new Waiting(progress);
    while (!WITHIN_THIS_JVM.tryLock(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
      waiting.tell("another thread of this process");
    }
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      return new CacheLock(locked(file, waiting));
    } catch (IOException | InterruptedException | RuntimeException e) {
      WITHIN_THIS_JVM.unlock();
      throw e;
    }
  }

  /** The lock on the file lives as long as the channel. */
  private static FileChannel locked(Path file, Waiting waiting)
      throws IOException, InterruptedException {
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      while (lock == null) {
        waiting.tell("process " + read(channel));
        TimeUnit.NANOSECONDS.sleep(LOOK_EVERY.toNanos());
        lock = channel.tryLock();
      }
      String holder = Long.toString(ProcessHandle.current().pid());
      channel.truncate(0).write(ByteBuffer.wrap(holder.getBytes(StandardCharsets.US_ASCII)), 0);
      return channel;
    } catch (IOException | InterruptedException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static String read(FileChannel channel) throws IOException {
    ByteBuffer content = ByteBuffer.allocate(32);
    channel.read(content, 0);
    return new String(content.array(), 0, content.position(), StandardCharsets.US_ASCII);
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      WITHIN_THIS_JVM.unlock();
    }
  }

  /** Says at once what is waited for, and again every ten seconds. */
  private static final class Waiting {
    private final Consumer<String> progress;
    private final long since = System.nanoTime();
    private long nextTell = since;

    Waiting(Consumer<String> progress) {
      this.progress = progress;
    }

    void tell(String holder) {
      long now = System.nanoTime();
      if (now - nextTell >= 0) {
        progress.accept(
            "test-cluster: waiting for %s, which gets the Kubernetes binaries (%d s)"
                .formatted(holder, TimeUnit.NANOSECONDS.toSeconds(now - since)));
        nextTell = now + TELL_EVERY.toNanos();
      }
    }
  }
}
