package dev.lambdarollouts.simulator.lambda.invocation;

import dev.lambdarollouts.simulator.identity.Accounts;
import dev.lambdarollouts.simulator.identity.Principal;
import dev.lambdarollouts.simulator.identity.Session;
import dev.lambdarollouts.simulator.lambda.function.Alias;
import dev.lambdarollouts.simulator.lambda.function.Deployment;
import dev.lambdarollouts.simulator.lambda.function.FunctionReference;
import dev.lambdarollouts.simulator.lambda.function.FunctionVersion;
import dev.lambdarollouts.simulator.lambda.function.Functions;
import dev.lambdarollouts.simulator.lambda.function.LambdaErrors;
import dev.lambdarollouts.simulator.lambda.function.LambdaFunction;
import dev.lambdarollouts.simulator.lambda.runtime.Answer;
import dev.lambdarollouts.simulator.lambda.runtime.Execution;
import dev.lambdarollouts.simulator.lambda.runtime.JavaEnvironments;
import dev.lambdarollouts.simulator.lambda.runtime.Outcome;
import dev.lambdarollouts.simulator.protocol.AwsError;
import dev.lambdarollouts.simulator.service.Location;
import dev.lambdarollouts.simulator.time.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * Runs functions: finds the version that takes an invocation, runs its code outside of the
 * simulator's lock, and publishes the metrics.
 */
public final class Invoker {
  private static final DateTimeFormatter LOG_DATE =
      DateTimeFormatter.ofPattern("yyyy/MM/dd").withZone(ZoneOffset.UTC);

  private final Timeline timeline;
  private final Functions functions;
  private final RandomGenerator random;
  private final ScriptedAnswers scripts;
  private final InvocationMetrics metrics;
  private final Accounts accounts;
  private final Map<Deployment, JavaEnvironments> environments =
      Collections.synchronizedMap(new WeakHashMap<>());
  private final Map<Deployment, Session> sessions =
      Collections.synchronizedMap(new WeakHashMap<>());
  private volatile String endpoint = "";
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
    this.scripts = scripts;
    this.metrics = metrics;
    this.accounts = accounts;
    this.logs = new InvocationLogs(timeline, (location, group, stream, lines) -> {});
  }

  /** Where runs are logged; nowhere until it is said. */
  public void logTo(InvocationLogs newLogs) {
    logs = newLogs;
  }

  /** Where this AWS is reached, for the code that runs in it. */
  public void endpoint(String url) {
    endpoint = url;
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
      String version,
      Deployment deployment,
      String invokedArn,
      boolean throughAlias) {}

  /** An invocation that ran. */
  public record Run(Target target, Execution execution, Outcome outcome) {}

  /** Finds who takes an invocation now, or throws as AWS refuses it. Holds the lock. */
  public Target aim(Location location, FunctionReference reference, Instant at) {
    return timeline.exclusively(() -> target(location, reference, at));
  }

  /** Runs the target's code and publishes what came of it. */
  public Run run(Target target, byte[] payload, String requestId, Instant at) {
    Execution execution = execution(target, payload, requestId, at);
    Outcome outcome = outcome(target.deployment(), execution);
    metrics.publish(target, outcome, at);
    Run run = new Run(target, execution, outcome);
    logs.publish(run, at);
    return run;
  }

  private Target target(Location location, FunctionReference reference, Instant at) {
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
    Target target =
        new Target(
            location,
            reference,
            version.version(),
            version.deployment(),
            reference.arn(location),
            current != null);
    Integer reserved = function.reservedConcurrency();
    if (reserved != null && reserved == 0) {
      metrics.throttled(target, at);
      throw new AwsError("TooManyRequestsException", 429, "Rate Exceeded.")
          .with("Reason", "ReservedFunctionConcurrentInvocationLimitExceeded");
    }
    if (!version.state().equals("Active") && !version.state().equals("Inactive")) {
      throw LambdaErrors.wrongState(version.state());
    }
    return target;
  }

  private Outcome outcome(Deployment deployment, Execution execution) {
    Function<Execution, Answer> script = scripts.scriptFor(execution.functionName());
    byte[] zip = deployment.code().zip();
    if (script == null && zip != null && deployment.setting("Runtime").startsWith("java")) {
      return environments
          .computeIfAbsent(deployment, key -> new JavaEnvironments(zip))
          .run(execution);
    }
    if (script == null) {
      script = scripts.otherwise();
    }
    if (script == null) {
      return Outcome.failed(
          "Simulator.CannotRun",
          "aws-simulator runs Java packages only. Script an answer for function "
              + execution.functionName()
              + " through its Java API (lambda().answers()).",
          Duration.ofMillis(1));
    }
    return limited(scripted(script, execution), execution);
  }

  /** A script that throws is a function that throws. */
  private static Outcome scripted(Function<Execution, Answer> script, Execution execution) {
    try {
      return script.apply(execution).outcome();
    } catch (RuntimeException e) {
      return Answer.error(e.getClass().getName(), String.valueOf(e.getMessage())).outcome();
    }
  }

  /** A scripted answer is bound by the function's time-out too. */
  private static Outcome limited(Outcome outcome, Execution execution) {
    Duration timeout = Duration.ofSeconds(execution.timeoutSeconds());
    if (outcome.duration().compareTo(timeout) <= 0) {
      return outcome;
    }
    Outcome error =
        Outcome.failed(
            "Sandbox.Timedout",
            "RequestId: "
                + execution.requestId()
                + " Error: Task timed out after "
                + execution.timeoutSeconds()
                + ".00 seconds",
            timeout);
    return new Outcome(
        error.payload(), error.functionError(), outcome.log(), timeout, outcome.init(), "timeout");
  }

  private Execution execution(Target target, byte[] payload, String requestId, Instant at) {
    Deployment deployment = target.deployment();
    String stream = LOG_DATE.format(at) + "/[" + target.version() + "]" + logStreamId(deployment);
    return new Execution(
        target.reference().name(),
        target.invokedArn(),
        target.version(),
        requestId,
        payload,
        environment(target, stream, at),
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

  private Map<String, String> environment(Target target, String stream, Instant at) {
    Deployment deployment = target.deployment();
    Map<String, String> variables = new LinkedHashMap<>(deployment.environment());
    String region = target.location().region();
    variables.put("_HANDLER", deployment.setting("Handler"));
    variables.put("AWS_REGION", region);
    variables.put("AWS_DEFAULT_REGION", region);
    variables.put("AWS_EXECUTION_ENV", "AWS_Lambda_" + deployment.setting("Runtime"));
    variables.put("AWS_LAMBDA_FUNCTION_NAME", target.reference().name());
    variables.put("AWS_LAMBDA_FUNCTION_VERSION", target.version());
    variables.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", String.valueOf(deployment.memoryMegabytes()));
    variables.put("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand");
    variables.put("AWS_LAMBDA_LOG_GROUP_NAME", deployment.logGroup());
    variables.put("AWS_LAMBDA_LOG_STREAM_NAME", stream);
    variables.put("LAMBDA_TASK_ROOT", "/var/task");
    variables.put("LAMBDA_RUNTIME_DIR", "/var/runtime");
    variables.put("TZ", ":UTC");
    variables.put("AWS_ENDPOINT_URL", endpoint);
    Session session = session(target, at);
    variables.put("AWS_ACCESS_KEY_ID", session.accessKeyId());
    variables.put("AWS_SECRET_ACCESS_KEY", session.secretAccessKey());
    variables.put("AWS_SESSION_TOKEN", session.sessionToken());
    return variables;
  }

  /** Credentials of the function's role, kept for its environments while they are good. */
  private Session session(Target target, Instant at) {
    Session session = sessions.get(target.deployment());
    if (session == null || !session.expiration().isAfter(at.plus(Duration.ofMinutes(15)))) {
      session = newSession(target, at);
      sessions.put(target.deployment(), session);
    }
    return session;
  }

  private Session newSession(Target target, Instant at) {
    String account = target.location().account();
    String role = target.deployment().setting("Role");
    String roleName = role.substring(role.lastIndexOf('/') + 1);
    String name = target.reference().name();
    Principal principal =
        new Principal(
            account,
            "arn:aws:sts::" + account + ":assumed-role/" + roleName + "/" + name,
            Accounts.roleId(role) + ":" + name,
            Principal.Kind.RUNNING_FUNCTION);
    return accounts.issue(principal, at, Duration.ofHours(12), Map.of());
  }
}
