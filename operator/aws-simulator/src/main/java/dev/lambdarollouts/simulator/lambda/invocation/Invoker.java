package dev.lambdarollouts.simulator.lambda.invocation;

import dev.lambdarollouts.simulator.identity.Accounts;
import dev.lambdarollouts.simulator.lambda.function.Alias;
import dev.lambdarollouts.simulator.lambda.function.Deployment;
import dev.lambdarollouts.simulator.lambda.function.EventInvokeConfig;
import dev.lambdarollouts.simulator.lambda.function.FunctionReference;
import dev.lambdarollouts.simulator.lambda.function.FunctionVersion;
import dev.lambdarollouts.simulator.lambda.function.Functions;
import dev.lambdarollouts.simulator.lambda.function.LambdaErrors;
import dev.lambdarollouts.simulator.lambda.function.LambdaFunction;
import dev.lambdarollouts.simulator.lambda.runtime.Execution;
import dev.lambdarollouts.simulator.lambda.runtime.Outcome;
import dev.lambdarollouts.simulator.protocol.AwsError;
import dev.lambdarollouts.simulator.service.Location;
import dev.lambdarollouts.simulator.time.Timeline;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Runs functions: finds the version that takes an invocation, runs its code outside of the
 * simulator's lock, and publishes the metrics.
 */
public final class Invoker implements AutoCloseable {
  private static final DateTimeFormatter LOG_DATE =
      DateTimeFormatter.ofPattern("yyyy/MM/dd").withZone(ZoneOffset.UTC);

  private final Timeline timeline;
  private final Functions functions;
  private final RandomGenerator random;
  private final CodeRunner code;
  private final InvocationMetrics metrics;
  private final RuntimeVariables variables;
  private final Concurrency concurrency = new Concurrency();
  private volatile InvocationLogs logs;

  public Invoker(
      Timeline timeline,
      Functions functions,
      RandomGenerator random,
      ScriptedAnswers scripts,
      InvocationMetrics metrics,
      Accounts accounts) {
    this.timeline = timeline;
    this.functions = functions;
    this.random = random;
    this.code = new CodeRunner(scripts);
    this.metrics = metrics;
    this.variables = new RuntimeVariables(accounts);
    this.logs = new InvocationLogs(timeline, (location, group, stream, lines) -> {});
  }

  /** Where runs are logged; nowhere until it is said. */
  public void logTo(InvocationLogs newLogs) {
    logs = newLogs;
  }

  /** Where this AWS is reached, for the code that runs in it. */
  public void endpoint(String url) {
    variables.endpoint(url);
  }

  /**
   * What an invocation leads to.
   *
   * @param version the version that takes it
   * @param deployment what that version runs with now
   * @param invokedArn the ARN as it was invoked, qualified if it was
   */
  public record Target(
      Location location,
      FunctionReference reference,
      LambdaFunction function,
      String version,
      Deployment deployment,
      String invokedArn,
      boolean throughAlias) {}

  /** An invocation that ran. */
  public record Run(Target target, Execution execution, Outcome outcome) {}

  /** Until when a run takes a place in the function's concurrency. */
  public enum Waiting {
    /** Its caller waits: until the answer. */
    CALLER,
    /** Nobody waits: until its end in simulated time. */
    NOBODY
  }

  /** Finds who takes an invocation now, or throws as AWS refuses it. */
  public Target aim(Location location, FunctionReference reference, Instant at) {
    return timeline.exclusively(() -> target(location, reference));
  }

  /** Runs the target's code and publishes what came of it, or throws when it is throttled. */
  public Run run(Target target, byte[] payload, String requestId, Instant at, Waiting waiting) {
    Concurrency.Admission admission = timeline.exclusively(() -> admit(target, at));
    Execution execution = execution(target, admission, payload, requestId, at);
    Outcome outcome = null;
    try {
      outcome = code.run(target.deployment(), execution);
    } finally {
      leave(target, admission, at, waiting, outcome);
    }
    metrics.publish(target, admission, outcome, at);
    Run run = new Run(target, execution, outcome);
    logs.publish(run, at);
    return run;
  }

  /** How asynchronous invocations of that are to be treated, if a user said so. */
  @Nullable EventInvokeConfig eventInvokeConfig(Location location, FunctionReference reference) {
    return timeline.exclusively(
        () -> {
          LambdaFunction function = functions.find(location, reference.name());
          String qualifier = reference.qualifier();
          return function == null
              ? null
              : function
                  .eventInvokes()
                  .get(qualifier == null ? FunctionReference.LATEST : qualifier);
        });
  }

  /** Ends all execution environments. */
  @Override
  public void close() {
    code.close();
  }

  private Target target(Location location, FunctionReference reference) {
    String qualifier = reference.qualifier();
    LambdaFunction function = functions.find(location, reference.name());
    if (function == null) {
      throw LambdaErrors.functionNotFound(
          qualifier == null
              ? reference.functionArn(location) + ":$LATEST"
              : reference.arn(location));
    }
    Alias current = qualifier == null ? null : function.aliases().get(qualifier);
    FunctionVersion version;
    if (current == null) {
      version = function.qualified(qualifier);
    } else {
      Alias routing = function.routing(current.name(), current);
      version = function.version(routing.pick(random.nextDouble()));
    }
    if (version == null) {
      throw LambdaErrors.functionNotFound(reference.arn(location));
    }
    if (!version.state().equals("Active") && !version.state().equals("Inactive")) {
      throw LambdaErrors.wrongState(version.state());
    }
    return new Target(
        location,
        reference,
        function,
        version.version(),
        version.deployment(),
        reference.arn(location),
        current != null);
  }

  private Concurrency.Admission admit(Target target, Instant at) {
    Concurrency.Admission admission = concurrency.enter(target.function(), target.version(), at);
    if (admission == null) {
      metrics.throttled(target, at);
      throw new AwsError("TooManyRequestsException", 429, "Rate Exceeded.")
          .with("Reason", "ReservedFunctionConcurrentInvocationLimitExceeded");
    }
    return admission;
  }

  private void leave(
      Target target,
      Concurrency.Admission admission,
      Instant at,
      Waiting waiting,
      @Nullable Outcome outcome) {
    timeline.exclusively(
        () -> {
          if (waiting == Waiting.CALLER || outcome == null) {
            concurrency.leave(target.function(), target.version(), admission);
          } else {
            Instant end = at.plus(outcome.duration());
            concurrency.leaveAt(target.function(), target.version(), admission, end);
          }
        });
  }

  private Execution execution(
      Target target,
      Concurrency.Admission admission,
      byte[] payload,
      String requestId,
      Instant at) {
    Deployment deployment = target.deployment();
    String stream = LOG_DATE.format(at) + "/[" + target.version() + "]" + logStreamId(deployment);
    String initialization =
        admission == Concurrency.Admission.PROVISIONED ? "provisioned-concurrency" : "on-demand";
    return new Execution(
        target.reference().name(),
        target.invokedArn(),
        target.version(),
        requestId,
        payload,
        variables.of(target, initialization, stream, at),
        deployment.setting("Handler"),
        deployment.memoryMegabytes(),
        deployment.timeoutSeconds(),
        deployment.logGroup(),
        stream,
        at);
  }

  private static String logStreamId(Deployment deployment) {
    String hex = deployment.code().hexSha256();
    return hex.substring(0, Math.min(32, hex.length()));
  }
}
