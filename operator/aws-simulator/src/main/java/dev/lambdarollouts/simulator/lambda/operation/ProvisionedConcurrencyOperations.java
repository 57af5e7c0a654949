package dev.lambdarollouts.simulator.lambda.operation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.simulator.lambda.function.Alias;
import dev.lambdarollouts.simulator.lambda.function.FunctionReference;
import dev.lambdarollouts.simulator.lambda.function.FunctionVersion;
import dev.lambdarollouts.simulator.lambda.function.Functions;
import dev.lambdarollouts.simulator.lambda.function.LambdaErrors;
import dev.lambdarollouts.simulator.lambda.function.LambdaFunction;
import dev.lambdarollouts.simulator.lambda.function.Page;
import dev.lambdarollouts.simulator.lambda.function.ProvisionedConcurrency;
import dev.lambdarollouts.simulator.lambda.function.Provisioning;
import dev.lambdarollouts.simulator.protocol.AwsError;
import dev.lambdarollouts.simulator.protocol.Input;
import dev.lambdarollouts.simulator.protocol.Json;
import dev.lambdarollouts.simulator.service.CallContext;
import java.util.ArrayList;
import java.util.List;

/** Put-, Get-, Delete- and ListProvisionedConcurrencyConfigs. */
public final class ProvisionedConcurrencyOperations {
  private static final int MOST_PER_PAGE = 50;

  private final Functions functions;
  private final Provisioning provisioning;

  public ProvisionedConcurrencyOperations(Functions functions, Provisioning provisioning) {
    this.functions = functions;
    this.provisioning = provisioning;
  }

  public ObjectNode put(CallContext context, Input input) {
    FunctionReference reference = reference(context, input, "PutProvisionedConcurrencyConfig");
    int executions = input.requiredInteger("ProvisionedConcurrentExecutions");
    String qualifier = qualifier(reference);
    if (qualifier.equals(FunctionReference.LATEST)) {
      throw LambdaErrors.invalid(
          "Provisioned Concurrency Configs cannot be applied to unpublished function versions.");
    }
    LambdaFunction function = function(context, reference);
    Alias alias = function.aliases().get(qualifier);
    if (alias == null) {
      requireProvisionable(function, qualifier);
    } else {
      requireProvisionable(function, alias);
    }
    requireRoom(context, function, qualifier, executions);
    return provisioning.request(function, qualifier, executions, context.at()).show();
  }

  public ObjectNode get(CallContext context, Input input) {
    FunctionReference reference = reference(context, input, "GetProvisionedConcurrencyConfig");
    requirePublished(reference);
    LambdaFunction function = function(context, reference);
    ProvisionedConcurrency config = function.provisioned().get(qualifier(reference));
    if (config == null) {
      throw new AwsError(
          "ProvisionedConcurrencyConfigNotFoundException",
          404,
          "No Provisioned Concurrency Config found for this function");
    }
    return config.show();
  }

  /** Deleting what is not there succeeds. */
  public ObjectNode delete(CallContext context, Input input) {
    FunctionReference reference = reference(context, input, "DeleteProvisionedConcurrencyConfig");
    requirePublished(reference);
    function(context, reference).provisioned().remove(qualifier(reference));
    return Json.object();
  }

  public ObjectNode list(CallContext context, Input input) {
    FunctionReference reference =
        FunctionReference.of(context, input, "ListProvisionedConcurrencyConfigs");
    LambdaFunction function = functions.get(context.location(), reference);
    List<ObjectNode> all = new ArrayList<>();
    function
        .provisioned()
        .forEach(
            (qualifier, config) -> {
              ObjectNode item = Json.object().put("FunctionArn", function.arn() + ":" + qualifier);
              item.setAll(config.show());
              all.add(item);
            });
    return Page.reply("ProvisionedConcurrencyConfigs", Page.of(all, input, MOST_PER_PAGE));
  }

  private static FunctionReference reference(CallContext context, Input input, String action) {
    FunctionReference reference = FunctionReference.of(context, input, action);
    return reference;
  }

  private static String qualifier(FunctionReference reference) {
    String qualifier = reference.qualifier();
    return qualifier == null ? "" : qualifier;
  }

  private static void requirePublished(FunctionReference reference) {
    if (qualifier(reference).equals(FunctionReference.LATEST)) {
      throw LambdaErrors.invalid(
          "The function resource provided must be an alias or a published version.");
    }
  }

  private LambdaFunction function(CallContext context, FunctionReference reference) {
    LambdaFunction function = functions.find(context.location(), reference.name());
    String qualifier = qualifier(reference);
    if (function == null || function.qualified(qualifier) == null) {
      throw LambdaErrors.qualifierNotFound(qualifier, reference.arn(context.location()));
    }
    return function;
  }

  private static void requireProvisionable(LambdaFunction function, Alias alias) {
    if (!alias.weights().isEmpty()) {
      throw LambdaErrors.invalid("Alias with weights can not be used with Provisioned Concurrency");
    }
    function.requireProvisionable(alias);
    requireWithoutSnapStart(function, alias.functionVersion());
  }

  private static void requireProvisionable(LambdaFunction function, String version) {
    for (String alias : function.aliasesOf(version)) {
      if (function.provisioned().containsKey(alias)) {
        throw LambdaErrors.conflict("Version is pointed by a Provisioned Concurrency alias");
      }
    }
    requireWithoutSnapStart(function, version);
  }

  /** Documented by AWS; its words are not known. */
  private static void requireWithoutSnapStart(LambdaFunction function, String number) {
    FunctionVersion version = function.version(number);
    if (version != null
        && version
            .settings()
            .path("SnapStart")
            .path("ApplyOn")
            .asText()
            .equals("PublishedVersions")) {
      throw LambdaErrors.invalid(
          "Provisioned Concurrency is not supported on function versions with SnapStart");
    }
  }

  private void requireRoom(
      CallContext context, LambdaFunction function, String qualifier, int executions) {
    ProvisionedConcurrency before = function.provisioned().get(qualifier);
    int had = before == null ? 0 : before.requested();
    Integer reserved = function.reservedConcurrency();
    if (reserved != null) {
      if (function.provisionedConcurrency() - had + executions > reserved) {
        throw LambdaErrors.invalid(
            "Requested Provisioned Concurrency should not be greater than the"
                + " reservedConcurrentExecution for function");
      }
      return;
    }
    int unreserved =
        ConcurrencyOperations.unreserved(functions.in(context.location()).values()) + had;
    if (executions > unreserved) {
      throw LambdaErrors.limit(
          "Specified ConcurrentExecutions for function is greater than account's unreserved"
              + " concurrency ["
              + unreserved
              + "].");
    }
    if (unreserved - executions < ConcurrencyOperations.UNRESERVED_MINIMUM) {
      throw LambdaErrors.limit(
          "Specified ConcurrentExecutions for function decreases account's"
              + " UnreservedConcurrentExecution below its minimum value of ["
              + ConcurrencyOperations.UNRESERVED_MINIMUM
              + "].");
    }
  }
}
