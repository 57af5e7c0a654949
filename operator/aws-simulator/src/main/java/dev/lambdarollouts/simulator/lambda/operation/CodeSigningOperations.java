package dev.lambdarollouts.simulator.lambda.operation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.simulator.lambda.function.FunctionReference;
import dev.lambdarollouts.simulator.lambda.function.Functions;
import dev.lambdarollouts.simulator.protocol.Input;
import dev.lambdarollouts.simulator.protocol.Json;
import dev.lambdarollouts.simulator.service.CallContext;

/**
 * GetFunctionCodeSigningConfig, answered as AWS does for a function that has none: none can be made
 * here.
 */
public final class CodeSigningOperations {
  private final Functions functions;

  public CodeSigningOperations(Functions functions) {
    this.functions = functions;
  }

  public ObjectNode get(CallContext context, Input input) {
    FunctionReference reference =
        FunctionReference.of(context, input, "GetFunctionCodeSigningConfig");
    functions.get(context.location(), reference);
    return Json.object().put("FunctionName", reference.name());
  }
}
