package dev.lambdarollouts.simulator.lambda.runtime;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a handler gets in place of {@link System}'s environment and standard streams, which a JVM
 * has only once. {@link HandlerClassLoader} defines a copy of this class of its own and redirects
 * the code's calls here, so that each execution environment has its own variables and its own log.
 * Uses the JDK only.
 */
public final class ExecutionEnvironment {
  private static volatile Map<String, String> variables = Map.of();

  // Read by redirected code in place of System.out and System.err.
  public static volatile PrintStream out = new PrintStream(OutputStream.nullOutputStream());
  public static volatile PrintStream err = out;

  private ExecutionEnvironment() {}

  /** Sets what the code of this class loader finds. */
  public static void enter(Map<String, String> newVariables, PrintStream log) {
    variables = newVariables;
    out = log;
    err = log;
  }

  /** In place of {@link System#getenv(String)}. */
  public static @Nullable String getenv(String name) {
    return variables.get(name);
  }

  /** In place of {@link System#getenv()}. */
  public static Map<String, String> getenv() {
    return variables;
  }
}
