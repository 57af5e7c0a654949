package dev.lambdarollouts.simulator.lambda.operation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.simulator.lambda.function.FunctionReference;
import dev.lambdarollouts.simulator.lambda.function.FunctionVersion;
import dev.lambdarollouts.simulator.lambda.function.Functions;
import dev.lambdarollouts.simulator.lambda.function.LambdaErrors;
import dev.lambdarollouts.simulator.lambda.function.LambdaFunction;
import dev.lambdarollouts.simulator.protocol.Input;
import dev.lambdarollouts.simulator.protocol.Json;
import dev.lambdarollouts.simulator.service.CallContext;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Put-, Get- and DeleteFunctionConcurrency, and the account's limits. */
public final class ConcurrencyOperations {
  private static final int ACCOUNT_LIMIT = 1000;
  static final int UNRESERVED_MINIMUM = 100;

  private final Functions functions;

  public ConcurrencyOperations(Functions functions) {
    this.functions = functions;
  }

  public ObjectNode put(CallContext context, Input input) {
    LambdaFunction function = function(context, input, "PutFunctionConcurrency");
    int executions = input.requiredInteger("ReservedConcurrentExecutions");
    int provisioned = function.provisionedConcurrency();
    if (executions < provisioned) {
      // The blanks are the service's [recorded].
      throw LambdaErrors.limit(
          " ReservedConcurrentExecutions  "
              + executions
              + " should not be lower than function's total provisioned concurrency ["
              + provisioned
              + "].");
    }
    Integer before = function.reservedConcurrency();
    int had = before == null ? provisioned : before;
    if (unreserved(functions.in(context.location()).values()) + had - executions
        < UNRESERVED_MINIMUM) {
      throw LambdaErrors.limit(
          "Specified ReservedConcurrentExecutions for function decreases account's"
              + " UnreservedConcurrentExecution below its minimum value of ["
              + UNRESERVED_MINIMUM
              + "].");
    }
    function.reserveConcurrency(executions);
    return Json.object().put("ReservedConcurrentExecutions", executions);
  }

  public ObjectNode get(CallContext context, Input input) {
    FunctionReference reference = FunctionReference.of(context, input, "GetFunctionConcurrency");
    Integer reserved = functions.get(context.location(), reference).reservedConcurrency();
    ObjectNode reply = Json.object();
    return reserved == null ? reply : reply.put("ReservedConcurrentExecutions", reserved);
  }

  public ObjectNode delete(CallContext context, Input input) {
    function(context, input, "DeleteFunctionConcurrency").reserveConcurrency(null);
    return Json.object();
  }

  public ObjectNode accountSettings(CallContext context, Input input) {
    long size = 0;
    for (LambdaFunction function : functions.in(context.location()).values()) {
      size += function.latest().code().size();
      for (FunctionVersion version : function.versions().values()) {
        size += version.code().size();
      }
    }
    ObjectNode reply = Json.object();
    reply
        .putObject("AccountLimit")
        .put("TotalCodeSize", 322_122_547_200L)
        .put("CodeSizeUnzipped", 262_144_000)
        .put("CodeSizeZipped", 52_428_800)
        .put("ConcurrentExecutions", ACCOUNT_LIMIT)
        .put("UnreservedConcurrentExecutions", ACCOUNT_LIMIT - reserved(context));
    reply
        .putObject("AccountUsage")
        .put("TotalCodeSize", size)
        .put("FunctionCount", functions.in(context.location()).size());
    return reply;
  }

  private LambdaFunction function(CallContext context, Input input, String action) {
    FunctionReference reference = FunctionReference.of(context, input, action);
    if (reference.qualifier() != null) {
      throw LambdaErrors.invalid(
          "This operation is permitted on Lambda functions only. Aliases and versions do not"
              + " support this operation. Please specify either a function name or an unqualified"
              + " function ARN.");
    }
    LambdaFunction function = functions.find(context.location(), reference.name());
    if (function == null) {
      throw LambdaErrors.functionNotFound(reference.functionArn(context.location()) + ":$LATEST");
    }
    return function;
  }

  /**
   * What is left of the account's concurrency for functions that have none of their own: what is
   * reserved is gone, and so is what other functions have provisioned.
   */
  static int unreserved(Collection<LambdaFunction> all) {
    return ACCOUNT_LIMIT
        - all.stream()
            .mapToInt(
                function -> {
                  Integer reserved = function.reservedConcurrency();
                  return reserved == null ? function.provisionedConcurrency() : reserved;
                })
            .sum();
  }

  private int reserved(CallContext context) {
    return functions.in(context.location()).values().stream()
        .mapToInt(function -> valueOrZero(function.reservedConcurrency()))
        .sum();
  }

  private static int valueOrZero(@Nullable Integer value) {
    return value == null ? 0 : value;
  }
}
