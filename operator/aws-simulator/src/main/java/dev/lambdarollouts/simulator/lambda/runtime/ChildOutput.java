package dev.lambdarollouts.simulator.lambda.runtime;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.simulator.protocol.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a child writes: messages to the simulator, each from its mark to the end of the line, and
 * between them what its handler prints.
 */
final class ChildOutput {
  private final byte[] mark;
  private final BlockingQueue<Message> messages = new LinkedBlockingQueue<>();
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private byte[] pending = new byte[0];

  ChildOutput(String mark) {
    this.mark = mark.getBytes(StandardCharsets.UTF_8);
  }

  /** What a message is about. */
  enum Kind {
    READY('R'),
    INIT_ERROR('I'),
    DONE('D'),
    ERROR('E'),
    /** An error after which the child ends. */
    LAST_ERROR('X'),
    /** Not a message: the child has ended. */
    ENDED(' ');

    private final char letter;

    Kind(char letter) {
      this.letter = letter;
    }

    private static Kind of(byte letter) {
      return Arrays.stream(values())
          .filter(kind -> kind.letter == letter)
          .findFirst()
          .orElse(ENDED);
    }
  }

  /** A message, and what was printed before it since the last one was taken. */
  record Message(Kind kind, ObjectNode body, String printed) {}

  /** Reads until the child ends, in a thread of its own. */
  void follow(InputStream output) {
    byte[] buffer = new byte[8192];
    try (output) {
      for (int read = output.read(buffer); read >= 0; read = output.read(buffer)) {
        take(buffer, read);
      }
    } catch (IOException e) {
      // The pipe is closed when the child is killed.
    }
    printed.writeBytes(pending);
    messages.add(new Message(Kind.ENDED, Json.object(), takePrinted()));
  }

  /** The next message, or null when none comes in that time. */
  @Nullable Message next(long seconds) throws InterruptedException {
    return messages.poll(seconds, TimeUnit.SECONDS);
  }

  /** What a child that was killed had printed, of what can be read in that time. */
  String rest(long seconds) throws InterruptedException {
    StringBuilder text = new StringBuilder();
    Message message = next(seconds);
    while (message != null && message.kind != Kind.ENDED) {
      text.append(message.printed);
      message = next(seconds);
    }
    return message == null ? text.toString() : text.append(message.printed).toString();
  }

  private String takePrinted() {
    String text = printed.toString(StandardCharsets.UTF_8);
    printed.reset();
    return text;
  }

  private void take(byte[] buffer, int length) {
    byte[] all = Arrays.copyOf(pending, pending.length + length);
    System.arraycopy(buffer, 0, all, pending.length, length);
    int from = 0;
    for (int start = find(all, from); start >= 0; start = find(all, from)) {
      int end = endOfLine(all, start);
      printed.write(all, from, start - from);
      from = start;
      if (end < 0) {
        break;
      }
      Kind kind = Kind.of(all[start + mark.length]);
      byte[] json = Arrays.copyOfRange(all, start + mark.length + 1, end);
      messages.add(new Message(kind, Json.read(json), takePrinted()));
      from = end + 1;
    }
    // A mark may have come in part.
    int kept = find(all, from) == from ? from : Math.max(from, all.length - mark.length + 1);
    printed.write(all, from, kept - from);
    pending = Arrays.copyOfRange(all, kept, all.length);
  }

  private int find(byte[] all, int from) {
    for (int i = from; i + mark.length <= all.length; i++) {
      if (Arrays.equals(all, i, i + mark.length, mark, 0, mark.length)) {
        return i;
      }
    }
    return -1;
  }

  private static int endOfLine(byte[] all, int from) {
    for (int i = from; i < all.length; i++) {
      if (all[i] == '\n') {
        return i;
      }
    }
    return -1;
  }
}
