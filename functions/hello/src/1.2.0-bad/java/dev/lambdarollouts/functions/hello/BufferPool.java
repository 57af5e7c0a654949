package dev.lambdarollouts.functions.hello;

import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;

/** The buffers of one execution environment. Bounded, so that it never outgrows its memory. */
final class BufferPool {

  private static final int BUFFERS = 32;
  private static final int CHARACTERS = 256;

  private final Queue<StringBuilder> free = new ArrayBlockingQueue<>(BUFFERS);

  BufferPool() {
    for (int i = 0; i < BUFFERS; i++) {
      free.add(new StringBuilder(CHARACTERS));
    }
  }

  /**
   * An empty buffer, to be given back after use.
   *
   * @throws IllegalStateException when all are in use
   */
  StringBuilder take() {
    StringBuilder buffer = free.poll();
    if (buffer == null) {
      throw new IllegalStateException("No buffer is free: all " + BUFFERS + " are in use");
    }
    return buffer;
  }

  /** Takes a buffer back, but never one in which a caller's name still stands. */
  void giveBack(StringBuilder buffer) {
    if (buffer.isEmpty()) {
      free.add(buffer);
    }
  }
}
