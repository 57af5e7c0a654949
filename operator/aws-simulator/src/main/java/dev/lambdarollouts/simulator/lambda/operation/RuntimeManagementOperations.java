package dev.lambdarollouts.simulator.lambda.operation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.simulator.lambda.function.FunctionReference;
import dev.lambdarollouts.simulator.lambda.function.FunctionVersion;
import dev.lambdarollouts.simulator.lambda.function.Functions;
import dev.lambdarollouts.simulator.lambda.function.LambdaErrors;
import dev.lambdarollouts.simulator.protocol.Input;
import dev.lambdarollouts.simulator.protocol.Json;
import dev.lambdarollouts.simulator.service.CallContext;
import org.jspecify.annotations.Nullable;

/** Put- and GetRuntimeManagementConfig: of $LATEST or of a version. */
public final class RuntimeManagementOperations {
  private static final String MANUAL = "Manual";

  private final Functions functions;

  public RuntimeManagementOperations(Functions functions) {
    this.functions = functions;
  }

  public ObjectNode put(CallContext context, Input input) {
    FunctionReference reference =
        FunctionReference.of(context, input, "PutRuntimeManagementConfig");
    String mode = input.required("UpdateRuntimeOn");
    String arn = input.text("RuntimeVersionArn");
    FunctionVersion version = functions.version(context.location(), reference);
    // Both rules are documented; AWS' words for them are not known.
    if (mode.equals(MANUAL) && arn == null) {
      throw LambdaErrors.invalid(
          "RuntimeVersionArn is required when the runtime update mode is Manual.");
    }
    if (!mode.equals(MANUAL) && arn != null) {
      throw LambdaErrors.invalid(
          "RuntimeVersionArn is only valid when the runtime update mode is Manual.");
    }
    if (version.isUpdating()) {
      throw LambdaErrors.updateInProgress(version.functionArn());
    }
    version.manageRuntime(mode, arn);
    return show(context, reference, mode, arn);
  }

  public ObjectNode get(CallContext context, Input input) {
    FunctionReference reference =
        FunctionReference.of(context, input, "GetRuntimeManagementConfig");
    FunctionVersion version = functions.version(context.location(), reference);
    return show(context, reference, version.runtimeUpdate(), version.pinnedRuntime());
  }

  private static ObjectNode show(
      CallContext context, FunctionReference reference, String mode, @Nullable String arn) {
    ObjectNode reply =
        Json.object()
            .put("UpdateRuntimeOn", mode)
            .put("FunctionArn", reference.arn(context.location()));
    return arn == null ? reply : reply.put("RuntimeVersionArn", arn);
  }
}
