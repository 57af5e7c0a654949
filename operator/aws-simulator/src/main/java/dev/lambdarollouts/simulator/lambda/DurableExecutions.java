package dev.lambdarollouts.simulator.lambda;

import dev.lambdarollouts.simulator.lambda.function.DurableExecution;
import dev.lambdarollouts.simulator.lambda.function.FunctionVersion;
import dev.lambdarollouts.simulator.lambda.function.Functions;
import dev.lambdarollouts.simulator.lambda.function.LambdaFunction;
import dev.lambdarollouts.simulator.service.Location;
import dev.lambdarollouts.simulator.time.Timeline;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Durable executions that a test asks for: they stand in lists until they are ended, and no code
 * runs for them.
 */
public final class DurableExecutions {
  private static final Pattern VERSION =
      Pattern.compile(
          "arn:aws:lambda:([a-z0-9-]+):(\\d{12}):function:([a-zA-Z0-9-_]+):(\\$LATEST|\\d{1,9})");

  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9-_]{1,64}");

  private final Timeline timeline;
  private final Functions functions;
  private final Location home;

  DurableExecutions(Timeline timeline, Functions functions, Location home) {
    this.timeline = timeline;
    this.functions = functions;
    this.home = home;
  }

  /**
   * One begins to run on a version.
   *
   * @param version a qualified ARN, or {@code name:version} in the simulator's own account and
   *     region
   * @param name null: made up
   * @return its ARN
   * @throws IllegalArgumentException when there is no such version, or it has no DurableConfig
   */
  public String start(String version, @Nullable String name) {
    Matcher parts =
        VERSION.matcher(
            version.startsWith("arn:") ? version : home.arn("lambda", "function:" + version));
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "function must be name:version or a version's ARN, but is '" + version + "'");
    }
    if (name != null && !NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "name must be 1 to 64 letters, digits, - and _, but is '" + name + "'");
    }
    Location where = new Location(parts.group(2), parts.group(1));
    return timeline.exclusively(
        () -> begin(functions.find(where, parts.group(3)), parts.group(4), name));
  }

  private String begin(@Nullable LambdaFunction function, String version, @Nullable String name) {
    FunctionVersion runsOn = function == null ? null : function.version(version);
    if (function == null || runsOn == null) {
      throw new IllegalArgumentException("There is no such version");
    }
    if (!runsOn.settings().has("DurableConfig")) {
      throw new IllegalArgumentException("The version has no DurableConfig");
    }
    String id = functions.newUuid();
    DurableExecution one =
        new DurableExecution(version, name == null ? id : name, id, timeline.now(), null, false);
    function.durableExecutions().add(one);
    return one.arn(function.arn());
  }

  /** One has succeeded; nothing happens where it is not there any more. */
  public void end(String executionArn) {
    become(executionArn, one -> one.endedAt(timeline.now()));
  }

  /** One is paused; nothing happens where it is not there any more. */
  public void pause(String executionArn) {
    become(executionArn, DurableExecution::pausedNow);
  }

  private void become(String executionArn, UnaryOperator<DurableExecution> change) {
    timeline.exclusively(
        () ->
            functions.all().values().stream()
                .flatMap(byName -> byName.values().stream())
                .forEach(
                    function ->
                        function
                            .durableExecutions()
                            .replaceAll(
                                one ->
                                    one.ended() == null
                                            && one.arn(function.arn()).equals(executionArn)
                                        ? change.apply(one)
                                        : one)));
  }
}
