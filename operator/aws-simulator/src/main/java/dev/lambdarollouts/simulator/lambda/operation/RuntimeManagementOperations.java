package dev.lambdarollouts.simulator.lambda.operation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.simulator.lambda.function.FunctionReference;
import dev.lambdarollouts.simulator.lambda.function.FunctionVersion;
import dev.lambdarollouts.simulator.lambda.function.Functions;
import dev.lambdarollouts.simulator.lambda.function.LambdaErrors;
import dev.lambdarollouts.simulator.protocol.Constraints;
import dev.lambdarollouts.simulator.protocol.Input;
import dev.lambdarollouts.simulator.protocol.Json;
import dev.lambdarollouts.simulator.service.CallContext;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Put- and GetRuntimeManagementConfig: of $LATEST or of a version. */
public final class RuntimeManagementOperations {
  private static final String MANUAL = "Manual";
  private static final Pattern RUNTIME_ARN =
      Pattern.compile(
          "((arn:(aws[a-zA-Z-]*):lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}::runtime:.+)|"
              + "(arn:(aws[a-zA-Z-]*):lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:\\d{12}:"
              + "runtime/[A-Za-z0-9_.-]{1,128}/version/[A-Za-z0-9_.-]{1,128}))");

  private final Functions functions;

  public RuntimeManagementOperations(Functions functions) {
    this.functions = functions;
  }

  public ObjectNode put(CallContext context, Input input) {
    FunctionReference reference =
        FunctionReference.of(context, input, "PutRuntimeManagementConfig");
    String mode = input.required("UpdateRuntimeOn");
    String arn = input.text("RuntimeVersionArn");
    new Constraints()
        .oneOf(mode, "updateRuntimeOn", List.of("Auto", "Manual", "FunctionUpdate"))
        .length(arn, "runtimeVersionArn", 26, 2048)
        .pattern(arn, "runtimeVersionArn", RUNTIME_ARN)
        .check();
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
