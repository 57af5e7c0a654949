package dev.lambdarollouts.simulator.lambda;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.simulator.protocol.AwsError;
import dev.lambdarollouts.simulator.protocol.Input;
import dev.lambdarollouts.simulator.protocol.Json;
import dev.lambdarollouts.simulator.protocol.RestTemplate;
import dev.lambdarollouts.simulator.protocol.WireReply;
import dev.lambdarollouts.simulator.protocol.WireRequest;
import dev.lambdarollouts.simulator.service.AwsService;
import dev.lambdarollouts.simulator.service.CallContext;
import dev.lambdarollouts.simulator.service.RoutedCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** AWS Lambda behind its REST-JSON API. */
final class LambdaService implements AwsService {
  private static final String SCOPE = "lambda";
  private static final int MOST_REQUEST_BYTES = 70_167_211;

  private final List<Route> routes = new ArrayList<>();
  private final InvokeOperation invoke;

  LambdaService(Functions functions, CodeSource codeSource, InvokeOperation invoke) {
    this.invoke = invoke;
    String function = "/2015-03-31/functions/{FunctionName}";
    FunctionOperations basics = new FunctionOperations(functions, codeSource);
    add("CreateFunction", "POST", "/2015-03-31/functions", 201, basics::create);
    add("ListFunctions", "GET", "/2015-03-31/functions", 200, basics::list);
    add("GetFunction", "GET", function, 200, basics::get);
    add(
        "GetFunctionConfiguration",
        "GET",
        function + "/configuration",
        200,
        basics::getConfiguration);
    add("DeleteFunction", "DELETE", function, 204, basics::delete);
    UpdateOperations updates = new UpdateOperations(functions, codeSource);
    add("UpdateFunctionCode", "PUT", function + "/code", 200, updates::updateCode);
    add(
        "UpdateFunctionConfiguration",
        "PUT",
        function + "/configuration",
        200,
        updates::updateConfiguration);
    add("PublishVersion", "POST", function + "/versions", 201, updates::publish);
    add("ListVersionsByFunction", "GET", function + "/versions", 200, updates::listVersions);
    AliasOperations aliases = new AliasOperations(functions);
    add("CreateAlias", "POST", function + "/aliases", 201, aliases::create);
    add("ListAliases", "GET", function + "/aliases", 200, aliases::list);
    add("GetAlias", "GET", function + "/aliases/{Name}", 200, aliases::get);
    add("UpdateAlias", "PUT", function + "/aliases/{Name}", 200, aliases::update);
    add("DeleteAlias", "DELETE", function + "/aliases/{Name}", 204, aliases::delete);
    PolicyOperations policies = new PolicyOperations(functions);
    add("AddPermission", "POST", function + "/policy", 201, policies::add);
    add("GetPolicy", "GET", function + "/policy", 200, policies::get);
    add("RemovePermission", "DELETE", function + "/policy/{StatementId}", 204, policies::remove);
    TagOperations tags = new TagOperations(functions);
    add("TagResource", "POST", "/2017-03-31/tags/{Resource}", 204, tags::tag);
    add("UntagResource", "DELETE", "/2017-03-31/tags/{Resource}", 204, tags::untag);
    add("ListTags", "GET", "/2017-03-31/tags/{Resource}", 200, tags::list);
    addConcurrency(new ConcurrencyOperations(functions));
    addEmpties(new EmptyOperations(functions));
  }

  private void addConcurrency(ConcurrencyOperations concurrency) {
    String path = "/functions/{FunctionName}/concurrency";
    add("PutFunctionConcurrency", "PUT", "/2017-10-31" + path, 200, concurrency::put);
    add("DeleteFunctionConcurrency", "DELETE", "/2017-10-31" + path, 204, concurrency::delete);
    add("GetFunctionConcurrency", "GET", "/2019-09-30" + path, 200, concurrency::get);
    add(
        "GetAccountSettings",
        "GET",
        "/2016-08-19/account-settings",
        200,
        concurrency::accountSettings);
  }

  private void addEmpties(EmptyOperations empties) {
    add(
        "ListEventSourceMappings",
        "GET",
        "/2015-03-31/event-source-mappings",
        200,
        empties::listEventSourceMappings);
    add(
        "ListFunctionUrlConfigs",
        "GET",
        "/2021-10-31/functions/{FunctionName}/urls",
        200,
        empties::listFunctionUrls);
    add(
        "GetFunctionUrlConfig",
        "GET",
        "/2021-10-31/functions/{FunctionName}/url",
        200,
        empties::getFunctionUrl);
    add(
        "GetProvisionedConcurrencyConfig",
        "GET",
        "/2019-09-30/functions/{FunctionName}/provisioned-concurrency",
        200,
        empties::provisionedConcurrency);
    add(
        "GetFunctionEventInvokeConfig",
        "GET",
        "/2019-09-25/functions/{FunctionName}/event-invoke-config",
        200,
        empties::eventInvokeConfig);
    add(
        "GetFunctionCodeSigningConfig",
        "GET",
        "/2020-06-30/functions/{FunctionName}/code-signing-config",
        200,
        empties::codeSigningConfig);
  }

  @Override
  public String scope() {
    return SCOPE;
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
          name,
          false,
          context -> invoke.invoke(context, request, name),
          LambdaErrors::format);
    }
    for (Route route : routes) {
      Map<String, String> parameters = route.template.match(request.method(), segments);
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
    String resource =
        parameters.getOrDefault("FunctionName", parameters.getOrDefault("Resource", ""));
    String alias = parameters.get("Name");
    return new RoutedCall(
        SCOPE,
        route.operation,
        alias == null ? resource : resource + ":" + alias,
        true,
        context -> {
          if (request.body().length > MOST_REQUEST_BYTES) {
            throw LambdaErrors.tooLarge(
                "Request must be smaller than "
                    + MOST_REQUEST_BYTES
                    + " bytes for the "
                    + route.operation
                    + " operation");
          }
          ObjectNode reply = route.handler.run(context, input(request, parameters));
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
              if (name.equals("tagKeys")) {
                ArrayNode keys = tree.putArray(name);
                values.forEach(keys::add);
              } else {
                tree.put(name, values.getFirst());
              }
            });
    parameters.forEach(tree::put);
    return new Input(tree);
  }

  private static WireReply reply(Route route, ObjectNode tree, CallContext context) {
    WireReply reply =
        route.status == 204
            ? WireReply.empty(204)
            : new WireReply(
                route.status, Map.of("Content-Type", "application/json"), Json.write(tree));
    return reply.with("x-amzn-RequestId", context.requestId());
  }

  private void add(String operation, String method, String path, int status, Handler handler) {
    routes.add(new Route(operation, RestTemplate.of(method, path), status, handler));
  }

  /** What an operation does with its input; it gives the reply's members. */
  @FunctionalInterface
  private interface Handler {
    ObjectNode run(CallContext context, Input input);
  }

  private record Route(String operation, RestTemplate template, int status, Handler handler) {}
}
