package dev.lambdarollouts.simulator.lambda.operation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.simulator.lambda.function.Alias;
import dev.lambdarollouts.simulator.lambda.function.FunctionReference;
import dev.lambdarollouts.simulator.lambda.function.FunctionVersion;
import dev.lambdarollouts.simulator.lambda.function.Functions;
import dev.lambdarollouts.simulator.lambda.function.LambdaErrors;
import dev.lambdarollouts.simulator.lambda.function.LambdaFunction;
import dev.lambdarollouts.simulator.lambda.function.ResourcePolicy;
import dev.lambdarollouts.simulator.protocol.Input;
import dev.lambdarollouts.simulator.protocol.Json;
import dev.lambdarollouts.simulator.service.CallContext;
import org.jspecify.annotations.Nullable;

/** AddPermission, GetPolicy, RemovePermission. A policy's revision is its function's or alias'. */
public final class PolicyOperations {
  private final Functions functions;

  public PolicyOperations(Functions functions) {
    this.functions = functions;
  }

  public ObjectNode add(CallContext context, Input input) {
    FunctionReference reference = FunctionReference.of(context, input, "AddPermission");
    String statementId = input.required("StatementId");
    String action = input.required("Action");
    String principal = input.required("Principal");
    if (FunctionReference.LATEST.equals(reference.qualifier())) {
      throw LambdaErrors.invalid("We currently do not support adding policies for $LATEST.");
    }
    LambdaFunction function = target(context, reference);
    requireRevision(function, reference.qualifier(), input.text("RevisionId"));
    ResourcePolicy policy =
        function.policies().computeIfAbsent(key(reference), name -> new ResourcePolicy());
    if (policy.statements().containsKey(statementId)) {
      throw LambdaErrors.conflict(
          "The statement id ("
              + statementId
              + ") provided already exists. Please provide a new statement id, or remove the"
              + " existing statement.");
    }
    ObjectNode statement = Json.object().put("Sid", statementId).put("Effect", "Allow");
    putPrincipal(statement, principal);
    statement.put("Action", action).put("Resource", reference.arn(context.location()));
    putConditions(statement, input);
    policy.statements().put(statementId, statement);
    changeRevision(function, reference.qualifier());
    return Json.object().put("Statement", Json.text(statement));
  }

  public ObjectNode get(CallContext context, Input input) {
    FunctionReference reference = FunctionReference.of(context, input, "GetPolicy");
    LambdaFunction function = functions.find(context.location(), reference.name());
    ResourcePolicy policy = function == null ? null : function.policies().get(key(reference));
    if (function == null || policy == null || policy.statements().isEmpty()) {
      throw LambdaErrors.notFound("The resource you requested does not exist.");
    }
    return Json.object()
        .put("Policy", policy.document())
        .put("RevisionId", revision(function, reference.qualifier()));
  }

  public ObjectNode remove(CallContext context, Input input) {
    FunctionReference reference = FunctionReference.of(context, input, "RemovePermission");
    String statementId = input.required("StatementId");
    LambdaFunction function = functions.find(context.location(), reference.name());
    if (function == null) {
      throw LambdaErrors.notFound("No policy found for: " + reference.arn(context.location()));
    }
    target(context, reference);
    ResourcePolicy policy = function.policies().get(key(reference));
    if (policy == null || policy.statements().isEmpty()) {
      throw LambdaErrors.notFound("No policy is associated with the given resource.");
    }
    if (!policy.statements().containsKey(statementId)) {
      throw LambdaErrors.notFound("Statement " + statementId + " is not found in resource policy.");
    }
    requireRevision(function, reference.qualifier(), input.text("RevisionId"));
    policy.statements().remove(statementId);
    changeRevision(function, reference.qualifier());
    return Json.object();
  }

  private LambdaFunction target(CallContext context, FunctionReference reference) {
    LambdaFunction function =
        functions.get(context.location(), new FunctionReference(reference.name(), null));
    String qualifier = reference.qualifier();
    if (qualifier == null || function.qualified(qualifier) != null) {
      return function;
    }
    String arn = reference.arn(context.location());
    throw LambdaErrors.qualifierNotFound(qualifier, arn);
  }

  private static String key(FunctionReference reference) {
    String qualifier = reference.qualifier();
    return qualifier == null ? "" : qualifier;
  }

  private static String revision(LambdaFunction function, @Nullable String qualifier) {
    Alias alias = qualifier == null ? null : function.aliases().get(qualifier);
    if (alias != null) {
      return alias.revisionId();
    }
    FunctionVersion version = function.qualified(qualifier);
    return version == null ? "" : version.revisionId();
  }

  private void changeRevision(LambdaFunction function, @Nullable String qualifier) {
    String revision = functions.newRevisionId();
    Alias alias = qualifier == null ? null : function.aliases().get(qualifier);
    FunctionVersion version = function.qualified(qualifier);
    if (alias != null) {
      function.aliases().put(alias.name(), alias.routing(alias.weights(), revision));
    } else if (version != null) {
      version.changeRevision(revision);
    }
  }

  private static void requireRevision(
      LambdaFunction function, @Nullable String qualifier, @Nullable String expected) {
    if (expected != null && !expected.equals(revision(function, qualifier))) {
      throw LambdaErrors.policyRevisionMismatch();
    }
  }

  private static void putPrincipal(ObjectNode statement, String principal) {
    if (principal.equals("*")) {
      statement.put("Principal", "*");
    } else if (principal.matches("\\d{12}")) {
      statement.putObject("Principal").put("AWS", "arn:aws:iam::" + principal + ":root");
    } else if (principal.startsWith("arn:")) {
      statement.putObject("Principal").put("AWS", principal);
    } else if (principal.contains(".")) {
      statement.putObject("Principal").put("Service", principal);
    } else {
      throw LambdaErrors.invalid(
          "The provided principal was invalid. Please check the principal and try again.");
    }
  }

  private static void putConditions(ObjectNode statement, Input input) {
    ObjectNode conditions = Json.object();
    condition(conditions, "StringEquals", "AWS:SourceAccount", input.text("SourceAccount"));
    condition(conditions, "StringEquals", "aws:PrincipalOrgID", input.text("PrincipalOrgID"));
    condition(
        conditions,
        "StringEquals",
        "lambda:FunctionUrlAuthType",
        input.text("FunctionUrlAuthType"));
    condition(
        conditions, "StringEquals", "lambda:EventSourceToken", input.text("EventSourceToken"));
    condition(
        conditions, "Bool", "lambda:InvokedViaFunctionUrl", input.text("InvokedViaFunctionUrl"));
    condition(conditions, "ArnLike", "AWS:SourceArn", input.text("SourceArn"));
    if (!conditions.isEmpty()) {
      statement.set("Condition", conditions);
    }
  }

  private static void condition(
      ObjectNode conditions, String operator, String key, @Nullable String value) {
    if (value != null) {
      ObjectNode byOperator =
          conditions.get(operator) instanceof ObjectNode existing
              ? existing
              : conditions.putObject(operator);
      byOperator.put(key, value);
    }
  }
}
