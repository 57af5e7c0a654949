package dev.lambdarollouts.simulator.lambda;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.lambdarollouts.simulator.identity.Accounts;
import dev.lambdarollouts.simulator.keep.KeptState;
import dev.lambdarollouts.simulator.lambda.eventsource.EventSourceMappings;
import dev.lambdarollouts.simulator.lambda.eventsource.KeptEventSources;
import dev.lambdarollouts.simulator.lambda.function.CodeSource;
import dev.lambdarollouts.simulator.lambda.function.Functions;
import dev.lambdarollouts.simulator.lambda.function.KeptFunctions;
import dev.lambdarollouts.simulator.lambda.function.LambdaTimes;
import dev.lambdarollouts.simulator.lambda.function.ObjectReader;
import dev.lambdarollouts.simulator.lambda.function.Provisioning;
import dev.lambdarollouts.simulator.lambda.invocation.InvocationLogs;
import dev.lambdarollouts.simulator.lambda.invocation.InvocationMetrics;
import dev.lambdarollouts.simulator.lambda.invocation.InvokeOperation;
import dev.lambdarollouts.simulator.lambda.invocation.Invoker;
import dev.lambdarollouts.simulator.lambda.invocation.ScriptedAnswers;
import dev.lambdarollouts.simulator.lambda.invocation.TrafficShares;
import dev.lambdarollouts.simulator.service.AwsService;
import dev.lambdarollouts.simulator.service.Location;
import dev.lambdarollouts.simulator.service.LogSink;
import dev.lambdarollouts.simulator.service.MetricSink;
import dev.lambdarollouts.simulator.time.Timeline;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Lambda, put together, with what tests may ask of it beside its API. */
public final class Lambda implements AutoCloseable {
  private final Functions functions;
  private final Provisioning provisioning;
  private final EventSourceMappings mappings;
  private final Timeline timeline;
  private final Invoker invoker;
  private final ScriptedAnswers answers = new ScriptedAnswers();
  private final TrafficShares shares = new TrafficShares();
  private final Traffic traffic;
  private final DurableExecutions durableExecutions;
  private final LambdaService service;
  private final PackageDownloads downloads;

  /**
   * Puts it together.
   *
   * @param random decides whose turn it is behind a weighted alias, and makes revision ids
   * @param home where functions named without an ARN live, for traffic
   */
  public Lambda(
      Timeline timeline,
      RandomGenerator random,
      LambdaTimes times,
      ObjectReader s3,
      MetricSink metrics,
      Accounts accounts,
      Location home) {
    this.timeline = timeline;
    this.functions = new Functions(timeline, random, times);
    this.provisioning = new Provisioning(functions);
    this.mappings = new EventSourceMappings(functions);
    this.invoker =
        new Invoker(
            timeline,
            functions,
            random,
            answers,
            new InvocationMetrics(timeline, metrics, shares),
            accounts);
    this.traffic = new Traffic(timeline, invoker, home);
    this.durableExecutions = new DurableExecutions(timeline, functions, home);
    this.service =
        new LambdaService(
            Routes.of(functions, provisioning, mappings, new CodeSource(s3)),
            new InvokeOperation(timeline, invoker));
    this.downloads = new PackageDownloads(functions);
  }

  public AwsService service() {
    return service;
  }

  /** Serves the URLs that GetFunction gives. */
  public AwsService downloads() {
    return downloads;
  }

  /** All functions with versions, aliases and real traffic shares; asked under the lock. */
  public ArrayNode shown() {
    return new FunctionList(functions, shares).show(timeline.now());
  }

  /** The functions and event source mappings, for a data file. */
  public List<KeptState> kept() {
    return List.of(new KeptFunctions(functions, provisioning), new KeptEventSources(mappings));
  }

  public ScriptedAnswers answers() {
    return answers;
  }

  public TrafficShares shares() {
    return shares;
  }

  public Traffic traffic() {
    return traffic;
  }

  public DurableExecutions durableExecutions() {
    return durableExecutions;
  }

  /** Stops all loads and ends all execution environments, with their child processes. */
  @Override
  public void close() {
    traffic.stopAll();
    invoker.close();
  }

  /** Writes what Lambda logs of invocations there. */
  public void logTo(LogSink sink) {
    invoker.logTo(new InvocationLogs(timeline, sink));
  }

  /** Tells handlers where this AWS is reached, as AWS_ENDPOINT_URL. */
  public void endpoint(String url) {
    invoker.endpoint(url);
  }

  /**
   * Lets the change of a function that is under way, or else the next one, end as failed.
   *
   * @param functionArn unqualified
   * @param reasonCode such as {@code InvalidImage} or {@code FunctionError}
   */
  public void failNextChange(String functionArn, String reasonCode, String reason) {
    timeline.exclusively(() -> functions.failNext(functionArn, reasonCode, reason));
  }

  /**
   * Sets tags that only AWS itself may set, such as CloudFormation's {@code aws:cloudformation:*}.
   *
   * @param functionArn unqualified, of a function that is there
   */
  public void tagAsAwsItself(String functionArn, Map<String, String> tags) {
    timeline.exclusively(
        () ->
            functions.all().values().stream()
                .flatMap(byName -> byName.values().stream())
                .filter(function -> function.arn().equals(functionArn))
                .findFirst()
                .orElseThrow()
                .tags()
                .putAll(tags));
  }

  /**
   * Lets the allocation of provisioned concurrency that is under way, or else the next one, end as
   * FAILED.
   *
   * @param functionArn unqualified
   * @param statusReason such as {@code FUNCTION_ERROR_INIT_FAILURE}
   */
  public void failNextProvisioning(String functionArn, String statusReason) {
    timeline.exclusively(() -> provisioning.failNext(functionArn, statusReason));
  }
}
