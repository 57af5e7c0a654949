package dev.lambdarollouts.simulator.lambda.operation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.simulator.lambda.function.FunctionReference;
import dev.lambdarollouts.simulator.lambda.function.Functions;
import dev.lambdarollouts.simulator.lambda.function.LambdaErrors;
import dev.lambdarollouts.simulator.protocol.Input;
import dev.lambdarollouts.simulator.protocol.Json;
import dev.lambdarollouts.simulator.service.CallContext;

/**
 * Reads of what cannot be made here yet (event source mappings, function URLs, asynchronous
 * invocation settings, code signing), answered as AWS does for a function that has none.
 */
public final class EmptyOperations {
  private final Functions functions;

  public EmptyOperations(Functions functions) {
    this.functions = functions;
  }

  public ObjectNode listEventSourceMappings(CallContext context, Input input) {
    ObjectNode reply = Json.object();
    reply.putArray("EventSourceMappings");
    return reply;
  }

  public ObjectNode listFunctionUrls(CallContext context, Input input) {
    FunctionReference reference = FunctionReference.of(context, input, "ListFunctionUrlConfigs");
    if (functions.find(context.location(), reference.name()) == null) {
      throw LambdaErrors.notFound("Function does not exist");
    }
    ObjectNode reply = Json.object();
    reply.putArray("FunctionUrlConfigs");
    return reply;
  }

  public ObjectNode getFunctionUrl(CallContext context, Input input) {
    FunctionReference.of(context, input, "GetFunctionUrlConfig");
    throw LambdaErrors.notFound("The resource you requested does not exist.");
  }

  public ObjectNode eventInvokeConfig(CallContext context, Input input) {
    FunctionReference reference =
        FunctionReference.of(context, input, "GetFunctionEventInvokeConfig");
    String qualifier = reference.qualifier();
    throw LambdaErrors.notFound(
        "The function "
            + reference.functionArn(context.location())
            + ":"
            + (qualifier == null ? FunctionReference.LATEST : qualifier)
            + " doesn't have an EventInvokeConfig");
  }

  public ObjectNode codeSigningConfig(CallContext context, Input input) {
    FunctionReference reference =
        FunctionReference.of(context, input, "GetFunctionCodeSigningConfig");
    functions.get(context.location(), reference);
    return Json.object().put("FunctionName", reference.name());
  }
}
