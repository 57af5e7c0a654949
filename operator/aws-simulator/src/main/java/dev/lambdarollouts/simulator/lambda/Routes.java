package dev.lambdarollouts.simulator.lambda;

import dev.lambdarollouts.simulator.lambda.eventsource.EventSourceMappings;
import dev.lambdarollouts.simulator.lambda.eventsource.EventSourceOperations;
import dev.lambdarollouts.simulator.lambda.function.CodeSource;
import dev.lambdarollouts.simulator.lambda.function.Functions;
import dev.lambdarollouts.simulator.lambda.function.Provisioning;
import dev.lambdarollouts.simulator.lambda.operation.AliasOperations;
import dev.lambdarollouts.simulator.lambda.operation.CodeSigningOperations;
import dev.lambdarollouts.simulator.lambda.operation.ConcurrencyOperations;
import dev.lambdarollouts.simulator.lambda.operation.DurableExecutionOperations;
import dev.lambdarollouts.simulator.lambda.operation.EventInvokeOperations;
import dev.lambdarollouts.simulator.lambda.operation.FunctionOperations;
import dev.lambdarollouts.simulator.lambda.operation.FunctionUrlOperations;
import dev.lambdarollouts.simulator.lambda.operation.PolicyOperations;
import dev.lambdarollouts.simulator.lambda.operation.ProvisionedConcurrencyOperations;
import dev.lambdarollouts.simulator.lambda.operation.RuntimeManagementOperations;
import dev.lambdarollouts.simulator.lambda.operation.TagOperations;
import dev.lambdarollouts.simulator.lambda.operation.UpdateOperations;
import java.util.ArrayList;
import java.util.List;

/** All operations but Invoke, with their paths as the service model has them. */
final class Routes {
  private static final String FUNCTION = "/2015-03-31/functions/{FunctionName}";
  private static final String TAGS = "/2017-03-31/tags/{Resource}";

  private final List<Route> routes = new ArrayList<>();

  static List<Route> of(
      Functions functions,
      Provisioning provisioning,
      EventSourceMappings mappings,
      CodeSource codeSource) {
    Routes routes = new Routes();
    routes.functions(
        new FunctionOperations(functions, codeSource), new UpdateOperations(functions, codeSource));
    routes.aliases(new AliasOperations(functions, provisioning));
    routes.policies(new PolicyOperations(functions));
    routes.tags(new TagOperations(functions, mappings));
    routes.concurrency(new ConcurrencyOperations(functions));
    routes.provisioned(new ProvisionedConcurrencyOperations(functions, provisioning));
    routes.runtimeManagement(new RuntimeManagementOperations(functions));
    routes.urls(new FunctionUrlOperations(functions));
    routes.eventInvokes(new EventInvokeOperations(functions));
    routes.eventSources(new EventSourceOperations(functions, mappings));
    routes.codeSigning(new CodeSigningOperations(functions));
    routes.durableExecutions(new DurableExecutionOperations(functions));
    // Those that a query parameter tells apart come before those that share their path.
    return routes.routes.stream()
        .sorted((one, other) -> Boolean.compare(one.flag() == null, other.flag() == null))
        .toList();
  }

  private void functions(FunctionOperations basics, UpdateOperations updates) {
    add("CreateFunction", "POST", "/2015-03-31/functions", 201, basics::create);
    add("ListFunctions", "GET", "/2015-03-31/functions", 200, basics::list);
    add("GetFunction", "GET", FUNCTION, 200, basics::get);
    String configuration = FUNCTION + "/configuration";
    add("GetFunctionConfiguration", "GET", configuration, 200, basics::getConfiguration);
    add("DeleteFunction", "DELETE", FUNCTION, 204, basics::delete);
    add("UpdateFunctionCode", "PUT", FUNCTION + "/code", 200, updates::updateCode);
    add("UpdateFunctionConfiguration", "PUT", configuration, 200, updates::updateConfiguration);
    add("PublishVersion", "POST", FUNCTION + "/versions", 201, updates::publish);
    add("ListVersionsByFunction", "GET", FUNCTION + "/versions", 200, updates::listVersions);
  }

  private void aliases(AliasOperations aliases) {
    add("CreateAlias", "POST", FUNCTION + "/aliases", 201, aliases::create);
    add("ListAliases", "GET", FUNCTION + "/aliases", 200, aliases::list);
    add("GetAlias", "GET", FUNCTION + "/aliases/{Name}", 200, aliases::get);
    add("UpdateAlias", "PUT", FUNCTION + "/aliases/{Name}", 200, aliases::update);
    add("DeleteAlias", "DELETE", FUNCTION + "/aliases/{Name}", 204, aliases::delete);
  }

  private void policies(PolicyOperations policies) {
    add("AddPermission", "POST", FUNCTION + "/policy", 201, policies::add);
    add("GetPolicy", "GET", FUNCTION + "/policy", 200, policies::get);
    add("RemovePermission", "DELETE", FUNCTION + "/policy/{StatementId}", 204, policies::remove);
  }

  private void tags(TagOperations tags) {
    add("TagResource", "POST", TAGS, 204, tags::tag);
    add("UntagResource", "DELETE", TAGS, 204, tags::untag);
    add("ListTags", "GET", TAGS, 200, tags::list);
  }

  private void concurrency(ConcurrencyOperations concurrency) {
    String path = "/functions/{FunctionName}/concurrency";
    add("PutFunctionConcurrency", "PUT", "/2017-10-31" + path, 200, concurrency::put);
    add("DeleteFunctionConcurrency", "DELETE", "/2017-10-31" + path, 204, concurrency::delete);
    add("GetFunctionConcurrency", "GET", "/2019-09-30" + path, 200, concurrency::get);
    String settings = "/2016-08-19/account-settings";
    add("GetAccountSettings", "GET", settings, 200, concurrency::accountSettings);
  }

  private void provisioned(ProvisionedConcurrencyOperations provisioned) {
    String path = "/2019-09-30/functions/{FunctionName}/provisioned-concurrency";
    String all = path + "?List=ALL";
    add("PutProvisionedConcurrencyConfig", "PUT", path, 202, provisioned::put);
    add("GetProvisionedConcurrencyConfig", "GET", path, 200, provisioned::get);
    add("DeleteProvisionedConcurrencyConfig", "DELETE", path, 204, provisioned::delete);
    add("ListProvisionedConcurrencyConfigs", "GET", all, 200, provisioned::list);
  }

  private void runtimeManagement(RuntimeManagementOperations runtimes) {
    String path = "/2021-07-20/functions/{FunctionName}/runtime-management-config";
    add("PutRuntimeManagementConfig", "PUT", path, 200, runtimes::put);
    add("GetRuntimeManagementConfig", "GET", path, 200, runtimes::get);
  }

  private void urls(FunctionUrlOperations urls) {
    String path = "/2021-10-31/functions/{FunctionName}/url";
    add("CreateFunctionUrlConfig", "POST", path, 201, urls::create);
    add("GetFunctionUrlConfig", "GET", path, 200, urls::get);
    add("UpdateFunctionUrlConfig", "PUT", path, 200, urls::update);
    add("DeleteFunctionUrlConfig", "DELETE", path, 204, urls::delete);
    add("ListFunctionUrlConfigs", "GET", path + "s", 200, urls::list);
  }

  private void eventInvokes(EventInvokeOperations events) {
    String path = "/2019-09-25/functions/{FunctionName}/event-invoke-config";
    add("PutFunctionEventInvokeConfig", "PUT", path, 200, events::put);
    add("UpdateFunctionEventInvokeConfig", "POST", path, 200, events::update);
    add("GetFunctionEventInvokeConfig", "GET", path, 200, events::get);
    add("DeleteFunctionEventInvokeConfig", "DELETE", path, 204, events::delete);
    add("ListFunctionEventInvokeConfigs", "GET", path + "/list", 200, events::list);
  }

  private void eventSources(EventSourceOperations sources) {
    String all = "/2015-03-31/event-source-mappings";
    String one = all + "/{UUID}";
    add("CreateEventSourceMapping", "POST", all, 202, sources::create);
    add("GetEventSourceMapping", "GET", one, 200, sources::get);
    add("UpdateEventSourceMapping", "PUT", one, 202, sources::update);
    add("DeleteEventSourceMapping", "DELETE", one, 202, sources::delete);
    add("ListEventSourceMappings", "GET", all, 200, sources::list);
  }

  private void codeSigning(CodeSigningOperations signing) {
    String path = "/2020-06-30/functions/{FunctionName}/code-signing-config";
    add("GetFunctionCodeSigningConfig", "GET", path, 200, signing::get);
  }

  private void durableExecutions(DurableExecutionOperations executions) {
    String path = "/2025-12-01/functions/{FunctionName}/durable-executions";
    add("ListDurableExecutionsByFunction", "GET", path, 200, executions::list);
  }

  private void add(String operation, String method, String uri, int status, Route.Handler handler) {
    routes.add(Route.of(operation, method, uri, status, handler));
  }
}
