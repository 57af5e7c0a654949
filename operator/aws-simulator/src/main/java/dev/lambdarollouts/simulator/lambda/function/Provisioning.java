package dev.lambdarollouts.simulator.lambda.function;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How provisioned concurrency is allocated in simulated time, and what Lambda does to an alias that
 * has it: when the alias moves to another version, Lambda itself adds a weight of 1.0 for the old
 * version, soon after the reply to UpdateAlias, and takes it away when the new version's
 * environments are allocated. When they cannot be, the weight stays.
 */
public final class Provisioning {
  /** From UpdateAlias until the weight shows; AWS publishes no figure. */
  private static final Duration UNTIL_WEIGHT = Duration.ofSeconds(1);

  private final Functions functions;
  private final Map<String, String> failures = new HashMap<>();

  public Provisioning(Functions functions) {
    this.functions = functions;
  }

  /** The next allocation for a function ends as failed, with this StatusReason. */
  public void failNext(String functionArn, String statusReason) {
    failures.put(functionArn, statusReason);
  }

  /** A user asks for provisioned concurrency. */
  public ProvisionedConcurrency request(
      LambdaFunction function, String qualifier, int executions, Instant now) {
    ProvisionedConcurrency config =
        function.provisioned().computeIfAbsent(qualifier, key -> new ProvisionedConcurrency());
    Allocation allocation =
        new Allocation(function, qualifier, config, config.request(executions, now));
    functions.later(now.plus(functions.times().provisioning()), at -> finish(allocation, at));
    return config;
  }

  /** Takes up an allocation that another process had begun: it is done at once. */
  void resume(LambdaFunction function, String qualifier, ProvisionedConcurrency config) {
    Allocation allocation = new Allocation(function, qualifier, config, config.reallocate());
    functions.later(Instant.EPOCH, at -> finish(allocation, at));
  }

  /**
   * An alias was updated by a user.
   *
   * @return the alias that invocations follow, which is not {@code after} while traffic is held on
   *     the old version
   */
  public Alias moved(LambdaFunction function, Alias before, Alias after, Instant now) {
    ProvisionedConcurrency config = function.provisioned().get(after.name());
    boolean moved = !before.functionVersion().equals(after.functionVersion());
    if (config == null || (!moved && before.weights().equals(after.weights()))) {
      return after;
    }
    Allocation allocation = new Allocation(function, after.name(), config, config.reallocate());
    functions.later(now.plus(functions.times().provisionedMove()), at -> finish(allocation, at));
    String old = config.holder();
    if (!moved
        || old == null
        || old.equals(after.functionVersion())
        || !after.weights().isEmpty()
        || function.version(old) == null) {
      return after;
    }
    functions.later(now.plus(UNTIL_WEIGHT), at -> hold(allocation, after, old, at));
    return after.routing(held(old), after.revisionId());
  }

  private void hold(Allocation allocation, Alias moved, String old, Instant at) {
    Alias current = allocation.function.aliases().get(moved.name());
    if (allocation.isCurrent()
        && current != null
        && current.functionVersion().equals(moved.functionVersion())
        && current.weights().isEmpty()) {
      replace(allocation.function, current, held(old), at);
    }
  }

  private void finish(Allocation allocation, Instant at) {
    if (!allocation.isCurrent()) {
      return;
    }
    LambdaFunction function = allocation.function;
    ProvisionedConcurrency config = allocation.config;
    String failure = failures.remove(function.arn());
    if (failure != null) {
      config.fail(failure);
      return;
    }
    String old = config.holder();
    Alias alias = function.aliases().get(allocation.qualifier);
    config.ready(alias == null ? allocation.qualifier : alias.functionVersion());
    if (alias != null && old != null && alias.weights().equals(held(old))) {
      replace(function, alias, Map.of(), at);
    }
  }

  /** Lambda's own change of an alias, which changes its revision too. */
  private void replace(
      LambdaFunction function, Alias alias, Map<String, Double> weights, Instant at) {
    Alias after = alias.routing(weights, functions.newRevisionId());
    function.aliases().put(after.name(), after);
    functions.propagate(function, alias, after, at);
  }

  private static Map<String, Double> held(String version) {
    return Map.of(version, 1.0);
  }

  /** One attempt to allocate; a later one of the same configuration takes its place. */
  private record Allocation(
      LambdaFunction function, String qualifier, ProvisionedConcurrency config, int number) {

    boolean isCurrent() {
      @Nullable ProvisionedConcurrency current = function.provisioned().get(qualifier);
      return config.equals(current) && config.isAt(number);
    }
  }
}
