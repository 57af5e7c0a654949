package dev.lambdarollouts.testcluster.process;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A child process that cannot outlive this JVM, not even when the JVM is killed with SIGKILL.
 *
 * <p>Between the JVM and the command stands a small shell, the guard. It holds the reading end of a
 * pipe whose only writing end is in this JVM; when the kernel closes that end, the guard kills the
 * command and removes its folder. The command runs in a session of its own where the platform
 * allows it, so Ctrl-C in the terminal reaches the JVM alone, which then decides what stops when.
 */
public final class GuardedProcess implements AutoCloseable {

  /**
   * Arguments: $1 folder to remove when the JVM died, or empty; $2 log file; $3 the program that
   * gives the command its own session, or empty; then the command.
   *
   * <p>Once the pipe is closed the watcher ignores TERM: the main shell tells it to end as soon as
   * the command has ended, and then it still has the folder to remove.
   */
  private static final String GUARD =
      """
      folder=$1; log=$2; own_session=$3; shift 3
      [ -n "$own_session" ] || set -m
      trap : INT HUP
      exec 3<&0
      $own_session "$@" </dev/null >>"$log" 2>&1 3<&- &
      command=$!
      echo "$command"
      exec >/dev/null 2>&1
      (
        read -r _ <&3
        trap '' TERM
        kill -9 -"$command" || kill -9 "$command"
        if [ -n "$folder" ]; then rm -rf "$folder" || { sleep 1; rm -rf "$folder"; }; fi
      ) &
      watcher=$!
      wait "$command"; code=$?
      while kill -0 "$command"; do wait "$command"; code=$?; done
      kill -TERM "$watcher"
      exit "$code"
      """;

  private final Process guard;
  private final ProcessHandle command;

  private GuardedProcess(Process guard, ProcessHandle command) {
    this.guard = guard;
    this.command = command;
  }

  /**
   * Starts a command.
   *
   * @param command the program and its arguments
   * @param workingDirectory where it runs
   * @param log the file that its output is appended to
   * @param environment variables that are added to those of this JVM
   * @param removedIfJvmDies a folder that the guard removes when this JVM ends without having
   *     stopped the command
   * @throws UncheckedIOException when there is no {@code sh} or it cannot start the command
   */
  public static GuardedProcess start(
      List<String> command,
      Path workingDirectory,
      Path log,
      Map<String, String> environment,
      Optional<Path> removedIfJvmDies) {
    String ownSession = programOnPath("setsid").map(Path::toString).orElse("");
    List<String> guarded = new ArrayList<>();
    if (!ownSession.isEmpty()) {
      guarded.add(ownSession);
    }
    guarded.addAll(List.of("sh", "-c", GUARD, "guard"));
    guarded.add(removedIfJvmDies.map(Path::toString).orElse(""));
    guarded.add(log.toString());
    guarded.add(ownSession);
    guarded.addAll(command);
    ProcessBuilder builder =
        new ProcessBuilder(guarded)
            .directory(workingDirectory.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().putAll(environment);
    try {
      Process guard = builder.start();
      return new GuardedProcess(guard, commandOf(guard, command.getFirst()));
    } catch (IOException e) {
      throw new UncheckedIOException("could not start " + command.getFirst(), e);
    }
  }

  /** The program of this name in the folders of the PATH, if there is one. */
  public static Optional<Path> programOnPath(String name) {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    for (String folder : path.split(File.pathSeparator, -1)) {
      Path candidate = Path.of(folder).resolve(name);
      if (!folder.isEmpty() && Files.isRegularFile(candidate) && Files.isExecutable(candidate)) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }

  private static ProcessHandle commandOf(Process guard, String program) throws IOException {
    try (BufferedReader said = guard.inputReader()) {
      String pid = said.readLine();
      if (pid == null) {
        guard.destroyForcibly();
        throw new IOException("the guard of " + program + " ended before it started the command");
      }
      // A command that has ended already has no handle any more: the guard then stands for it.
      return ProcessHandle.of(Long.parseLong(pid.strip())).orElse(guard.toHandle());
    }
  }

  /** The process id of the command itself, not of its guard. */
  public long pid() {
    return command.pid();
  }

  public boolean isAlive() {
    return guard.isAlive();
  }

  /** Waits until the command has ended, at most this long; tells whether it has. */
  public boolean endsWithin(Duration limit) throws InterruptedException {
    return guard.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** The exit code of a command that has ended; 128 + n when signal n ended it. */
  public int exitCode() {
    return guard.exitValue();
  }

  /** Kills the command and its own children at once and waits until they are gone. */
  @Override
  public void close() {
    command.descendants().forEach(ProcessHandle::destroyForcibly);
    command.destroyForcibly();
    boolean interrupted = Thread.interrupted();
    try {
      if (!guard.waitFor(10, TimeUnit.SECONDS)) {
        guard.destroyForcibly();
      }
    } catch (InterruptedException e) {
      guard.destroyForcibly();
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
