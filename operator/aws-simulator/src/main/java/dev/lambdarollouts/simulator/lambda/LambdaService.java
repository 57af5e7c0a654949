package dev.lambdarollouts.simulator.lambda;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.simulator.lambda.function.LambdaErrors;
import dev.lambdarollouts.simulator.lambda.invocation.InvokeOperation;
import dev.lambdarollouts.simulator.protocol.AwsError;
import dev.lambdarollouts.simulator.protocol.Input;
import dev.lambdarollouts.simulator.protocol.Json;
import dev.lambdarollouts.simulator.protocol.RestTemplate;
import dev.lambdarollouts.simulator.protocol.ServiceModel;
import dev.lambdarollouts.simulator.protocol.WireReply;
import dev.lambdarollouts.simulator.protocol.WireRequest;
import dev.lambdarollouts.simulator.service.AwsService;
import dev.lambdarollouts.simulator.service.CallContext;
import dev.lambdarollouts.simulator.service.RequestQuota;
import dev.lambdarollouts.simulator.service.RoutedCall;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** AWS Lambda behind its REST-JSON API. */
final class LambdaService implements AwsService {
  private static final String SCOPE = "lambda";
  private static final List<String> INVOCATION_HEADERS =
      List.of(
          "X-Amz-Invocation-Type",
          "X-Amz-Log-Type",
          "X-Amz-Tenant-Id",
          "X-Amz-Durable-Execution-Name");

  /** Query parameters that the model says are lists. */
  private static final Set<String> LISTS = Set.of("tagKeys", "Statuses");

  private static final int MOST_REQUEST_BYTES = 70_167_211;

  /** Made of AWS' service model by {@code src/model/lambda_constraints.py}. */
  private static final ServiceModel MODEL =
      ServiceModel.read(LambdaService.class, "constraints.json");

  private final List<Route> routes;
  private final InvokeOperation invoke;

  LambdaService(List<Route> routes, InvokeOperation invoke) {
    this.routes = routes;
    this.invoke = invoke;
  }

  @Override
  public String scope() {
    return SCOPE;
  }

  /** Lambda quotas, API requests. */
  @Override
  public RequestQuota quota(String operation) {
    return switch (operation) {
      case "Invoke" -> RequestQuota.NONE;
      case "GetFunction" -> new RequestQuota(operation, 100);
      case "GetPolicy" -> new RequestQuota(operation, 15);
      default -> new RequestQuota("control plane", 15);
    };
  }

  @Override
  public AwsError throttled() {
    return new AwsError("TooManyRequestsException", 429, "Rate exceeded")
        .with("Reason", "CallerRateLimitExceeded");
  }

  @Override
  public AwsError failed() {
    return new AwsError("ServiceException", 500, "An internal error occurred. Please retry later.");
  }

  @Override
  public boolean mutates(String operation) {
    return !operation.equals("Invoke") && AwsService.super.mutates(operation);
  }

  @Override
  public Set<String> operations() {
    Set<String> names = new HashSet<>(Set.of("Invoke"));
    routes.forEach(route -> names.add(route.operation()));
    return names;
  }

  @Override
  public RoutedCall route(WireRequest request) {
    List<String> segments = request.segments();
    Map<String, String> invocation =
        RestTemplate.of("POST", "/2015-03-31/functions/{FunctionName}/invocations")
            .match(request.method(), segments);
    if (invocation != null) {
      String name = invocation.getOrDefault("FunctionName", "");
      return new RoutedCall(
          SCOPE,
          "Invoke",
          Concern.of("Invoke", request, invocation),
          false,
          context -> {
            MODEL.check("Invoke", invocation(request, name));
            return invoke.invoke(context, request, name);
          },
          LambdaErrors::format);
    }
    for (Route route : routes) {
      Map<String, String> parameters = route.match(request);
      if (parameters != null) {
        return call(route, request, parameters);
      }
    }
    return RoutedCall.failing(
        SCOPE,
        "UnknownOperation",
        new AwsError(
            "UnknownOperationException",
            400,
            "aws-simulator does not have the Lambda operation behind "
                + request.method()
                + " "
                + request.path()),
        LambdaErrors::format);
  }

  private static RoutedCall call(Route route, WireRequest request, Map<String, String> parameters) {
    return new RoutedCall(
        SCOPE,
        route.operation(),
        Concern.of(route.operation(), request, parameters),
        true,
        context -> {
          if (request.body().length > MOST_REQUEST_BYTES) {
            throw LambdaErrors.tooLarge(
                "Request must be smaller than "
                    + MOST_REQUEST_BYTES
                    + " bytes for the "
                    + route.operation()
                    + " operation");
          }
          Input input = input(request, parameters);
          MODEL.check(route.operation(), input);
          ObjectNode reply = route.handler().run(context, input);
          return reply(route, reply, context);
        },
        LambdaErrors::format);
  }

  private static Input input(WireRequest request, Map<String, String> parameters) {
    ObjectNode tree = Json.read(request.body());
    request
        .query()
        .forEach(
            (name, values) -> {
              if (LISTS.contains(name)) {
                ArrayNode list = tree.putArray(name);
                values.forEach(list::add);
              } else {
                tree.put(name, values.getFirst());
              }
            });
    parameters.forEach(tree::put);
    return new Input(tree);
  }

  private static Input invocation(WireRequest request, String functionName) {
    ObjectNode tree = Json.object().put("FunctionName", functionName);
    request.query().forEach((name, values) -> tree.put(name, values.getFirst()));
    for (String name : INVOCATION_HEADERS) {
      tree.put(name, request.header(name));
    }
    return new Input(tree);
  }

  private static WireReply reply(Route route, ObjectNode tree, CallContext context) {
    WireReply reply =
        route.status() == 204
            ? WireReply.empty(204)
            : new WireReply(
                route.status(), Map.of("Content-Type", "application/json"), Json.write(tree));
    return reply.with("x-amzn-RequestId", context.requestId());
  }
}
