package dev.lambdarollouts.simulator.lambda.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The execution environments of one deployment: an idle one is used again, warm; when none is idle
 * a new one starts cold.
 */
public final class Environments implements AutoCloseable {
  private final byte[] zip;
  private final @Nullable ChildRuntime child;
  private final Deque<Environment> idle = new ArrayDeque<>();
  private final Set<Environment> busy = new HashSet<>();
  private @Nullable TaskFolder folder;
  private boolean retired;

  private Environments(byte[] zip, @Nullable ChildRuntime child) {
    this.zip = zip;
    this.child = child;
  }

  /**
   * For a package and its runtime, or null when this machine cannot run it.
   *
   * @param runtime Lambda's identifier, such as {@code java25} or {@code nodejs22.x}
   */
  public static @Nullable Environments of(String runtime, byte[] zip) {
    if (runtime.startsWith("java")) {
      return new Environments(zip, null);
    }
    ChildRuntime child = ChildRuntime.of(runtime);
    return child == null ? null : new Environments(zip, child);
  }

  public Outcome run(Execution execution) {
    Environment environment;
    try {
      environment = take(execution);
    } catch (IOException | UncheckedIOException e) {
      return Outcome.failed(
          "Runtime.InvalidEntrypoint",
          "The package cannot be started: " + e.getMessage(),
          Duration.ZERO);
    }
    try {
      return environment.run(execution);
    } finally {
      giveBack(environment, execution);
    }
  }

  /** Ends those that are idle now, and the others when they have run what they run. */
  public synchronized void retire() {
    retired = true;
    idle.forEach(Environment::close);
    idle.clear();
    deleteFolder();
  }

  /** Ends all of them now. */
  @Override
  public synchronized void close() {
    retire();
    List.copyOf(busy).forEach(Environment::close);
    busy.clear();
    deleteFolder();
  }

  private synchronized Environment take(Execution execution) throws IOException {
    Environment environment = idle.pollLast();
    while (environment != null && !environment.fits(execution)) {
      environment.close();
      environment = idle.pollLast();
    }
    if (environment == null) {
      environment = start(execution);
    }
    busy.add(environment);
    return environment;
  }

  private Environment start(Execution execution) throws IOException {
    ChildRuntime runtime = child;
    if (runtime == null) {
      return new JavaEnvironment(zip);
    }
    TaskFolder task = folder;
    if (task == null) {
      task = TaskFolder.unpack(zip, runtime);
      folder = task;
    }
    return new ChildEnvironment(runtime, task, execution);
  }

  private synchronized void giveBack(Environment environment, Execution execution) {
    boolean known = busy.remove(environment);
    if (known && !retired && environment.fits(execution)) {
      idle.addLast(environment);
    } else {
      environment.close();
      deleteFolder();
    }
  }

  private void deleteFolder() {
    TaskFolder task = folder;
    if (retired && busy.isEmpty() && task != null) {
      task.delete();
      folder = null;
    }
  }
}
