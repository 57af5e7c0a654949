package dev.lambdarollouts.simulator.lambda.function;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The code and the settings that invocations of a version really run with. Compared by identity:
 * each has execution environments and credentials of its own.
 */
public final class Deployment {
  private final ObjectNode settings;
  private final Code code;
  private final List<Runnable> onRetirement = new ArrayList<>();
  private boolean retired;

  public Deployment(ObjectNode settings, Code code) {
    this.settings = settings;
    this.code = code;
  }

  /** What is to be done when nothing runs with it any more. */
  public synchronized void whenRetired(Runnable action) {
    if (retired) {
      action.run();
    } else {
      onRetirement.add(action);
    }
  }

  /** The version runs with something else from now on, or is gone. */
  synchronized void retire() {
    retired = true;
    onRetirement.forEach(Runnable::run);
    onRetirement.clear();
  }

  public Code code() {
    return code;
  }

  public String setting(String name) {
    return settings.path(name).asText("");
  }

  public int timeoutSeconds() {
    return settings.path("Timeout").asInt();
  }

  public int memoryMegabytes() {
    return settings.path("MemorySize").asInt();
  }

  /** A member of LoggingConfig: {@code LogFormat}, {@code SystemLogLevel}. */
  public String logging(String name) {
    return settings.path("LoggingConfig").path(name).asText("");
  }

  public String logGroup() {
    return settings.path("LoggingConfig").path("LogGroup").asText();
  }

  public Map<String, String> environment() {
    Map<String, String> variables = new LinkedHashMap<>();
    settings
        .path("Environment")
        .path("Variables")
        .properties()
        .forEach(entry -> variables.put(entry.getKey(), entry.getValue().asText()));
    return variables;
  }
}
