package dev.lambdarollouts.simulator.lambda.runtime;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Runtimes whose handlers run in child processes, where the machine has the interpreter. */
enum ChildRuntime {
  NODE("nodejs", "runtime.mjs"),
  PYTHON("python", "runtime.py");

  private static final int PROBE_SECONDS = 20;

  /** Paths of interpreters, empty when there is none: looked for once. */
  private static final Map<ChildRuntime, String> INTERPRETERS = new ConcurrentHashMap<>();

  private final String prefix;
  private final String program;

  ChildRuntime(String prefix, String program) {
    this.prefix = prefix;
    this.program = program;
  }

  /** The one for Lambda's identifier of a runtime, or null when it cannot run on this machine. */
  static @Nullable ChildRuntime of(String runtime) {
    for (ChildRuntime child : values()) {
      if (runtime.startsWith(child.prefix)) {
        return child.interpreter().isEmpty() ? null : child;
      }
    }
    return null;
  }

  /** The resource beside this class that loads handlers and runs them. */
  String program() {
    return program;
  }

  List<String> command(TaskFolder folder) {
    return this == PYTHON
        ? List.of(interpreter(), "-u", "-B", "-s", folder.program().toString())
        : List.of(interpreter(), folder.program().toString());
  }

  /** The interpreter itself rather than a launcher that needs variables of its own. */
  private String interpreter() {
    String known = INTERPRETERS.get(this);
    if (known != null) {
      return known;
    }
    String found = find();
    if (!Thread.currentThread().isInterrupted()) {
      INTERPRETERS.put(this, found);
    }
    return found;
  }

  private String find() {
    List<String> probe =
        switch (this) {
          case NODE -> List.of("node", "-p", "process.execPath");
          case PYTHON -> List.of("python3", "-c", "import sys; print(sys.executable)");
        };
    try {
      Process process =
          new ProcessBuilder(probe).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      process.getOutputStream().close();
      String path =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      if (process.waitFor(PROBE_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0) {
        return path;
      }
      process.destroyForcibly();
      return "";
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }
}
