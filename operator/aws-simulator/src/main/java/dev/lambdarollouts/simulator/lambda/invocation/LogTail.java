package dev.lambdarollouts.simulator.lambda.invocation;

import dev.lambdarollouts.simulator.lambda.runtime.Outcome;
import java.time.Duration;
import java.util.Locale;

/** What Lambda logs of a run in its text format: START, what the code wrote, END and REPORT. */
public final class LogTail {
  /** Memory is not measured: a JVM cannot tell whose it is. */
  private static final int SUPPOSED_MEMORY_MB = 64;

  private LogTail() {}

  /** What is told as the memory that a run used, in MB. */
  static int memory(Invoker.Run run) {
    return Math.min(SUPPOSED_MEMORY_MB, run.execution().memoryMegabytes());
  }

  public static String of(Invoker.Run run) {
    Outcome outcome = run.outcome();
    String id = run.execution().requestId();
    StringBuilder log = new StringBuilder();
    log.append("START RequestId: ")
        .append(id)
        .append(" Version: ")
        .append(run.target().version())
        .append('\n')
        .append(outcome.log());
    if (!outcome.log().isEmpty() && !outcome.log().endsWith("\n")) {
      log.append('\n');
    }
    Duration init = outcome.init();
    Duration billed = init == null ? outcome.duration() : outcome.duration().plus(init);
    log.append("END RequestId: ")
        .append(id)
        .append("\nREPORT RequestId: ")
        .append(id)
        .append("\tDuration: ")
        .append(milliseconds(outcome.duration()))
        .append(" ms\tBilled Duration: ")
        .append((billed.toNanos() + 999_999) / 1_000_000)
        .append(" ms\tMemory Size: ")
        .append(run.execution().memoryMegabytes())
        .append(" MB\tMax Memory Used: ")
        .append(Math.min(SUPPOSED_MEMORY_MB, run.execution().memoryMegabytes()))
        .append(" MB\t");
    if (init != null) {
      log.append("Init Duration: ").append(milliseconds(init)).append(" ms\t");
    }
    if (outcome.runtimeFailure() != null) {
      log.append("Status: ").append(outcome.runtimeFailure());
    }
    return log.append('\n').toString();
  }

  private static String milliseconds(Duration duration) {
    return String.format(Locale.ROOT, "%.2f", duration.toNanos() / 1e6);
  }
}
