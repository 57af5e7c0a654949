package dev.lambdarollouts.testcluster.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The end of a log, for the message of a failure. */
public final class LogTail {

  private static final int LINES = 20;

  private LogTail() {}

  /** Its last 20 lines, or why they cannot be read. */
  public static String of(Path log) {
    try {
      List<String> lines = lines(log);
      return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
    } catch (IOException e) {
      return "(its log could not be read: " + e.getMessage() + ")";
    }
  }

  /** All lines so far. Bytes that are no UTF-8, as a write under way may leave, are replaced. */
  public static List<String> lines(Path log) throws IOException {
    return new String(Files.readAllBytes(log), StandardCharsets.UTF_8).lines().toList();
  }
}
