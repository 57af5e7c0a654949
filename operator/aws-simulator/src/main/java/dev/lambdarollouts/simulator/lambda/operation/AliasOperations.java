package dev.lambdarollouts.simulator.lambda.operation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.simulator.lambda.function.Alias;
import dev.lambdarollouts.simulator.lambda.function.FunctionReference;
import dev.lambdarollouts.simulator.lambda.function.FunctionVersion;
import dev.lambdarollouts.simulator.lambda.function.Functions;
import dev.lambdarollouts.simulator.lambda.function.LambdaErrors;
import dev.lambdarollouts.simulator.lambda.function.LambdaFunction;
import dev.lambdarollouts.simulator.lambda.function.Page;
import dev.lambdarollouts.simulator.lambda.function.Provisioning;
import dev.lambdarollouts.simulator.protocol.Input;
import dev.lambdarollouts.simulator.protocol.Json;
import dev.lambdarollouts.simulator.service.CallContext;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** CreateAlias, UpdateAlias, GetAlias, ListAliases, DeleteAlias. */
public final class AliasOperations {
  private static final int MOST_PER_PAGE = 50;

  private final Functions functions;
  private final Provisioning provisioning;

  public AliasOperations(Functions functions, Provisioning provisioning) {
    this.functions = functions;
    this.provisioning = provisioning;
  }

  public ObjectNode create(CallContext context, Input input) {
    FunctionReference reference = reference(context, input, "CreateAlias");
    String name = input.required("Name");
    String version = input.required("FunctionVersion");
    Map<String, Double> weights = weights(input.object("RoutingConfig"));
    LambdaFunction function = functions.find(context.location(), reference.name());
    if (function == null) {
      throw LambdaErrors.functionNotFound(
          reference.functionArn(context.location()) + ":" + version);
    }
    String arn = function.arn() + ":" + name;
    if (function.aliases().containsKey(name)) {
      throw LambdaErrors.conflict("Alias already exists: " + arn);
    }
    Alias alias =
        new Alias(
            arn, name, version, input.text("Description", ""), weights, functions.newRevisionId());
    requireValidRouting(function, alias);
    function.aliases().put(alias.name(), alias);
    return alias.show();
  }

  public ObjectNode update(CallContext context, Input input) {
    FunctionReference reference = reference(context, input, "UpdateAlias");
    String name = input.required("Name");
    Input routing = input.object("RoutingConfig");
    Map<String, Double> weights = weights(routing);
    LambdaFunction function = functions.get(context.location(), reference);
    Alias before = function.aliases().get(name);
    if (before == null) {
      throw LambdaErrors.notFound("Alias not found: " + function.arn() + ":" + name);
    }
    String expected = input.text("RevisionId");
    if (expected != null && !expected.isEmpty() && !expected.equals(before.revisionId())) {
      throw LambdaErrors.revisionMismatch();
    }
    // What a request leaves out stays, the weights too; any update changes the revision.
    Alias after =
        new Alias(
            before.arn(),
            before.name(),
            input.text("FunctionVersion", before.functionVersion()),
            input.text("Description", before.description()),
            routing == null ? before.weights() : weights,
            functions.newRevisionId());
    requireValidRouting(function, after);
    if (function.provisioned().containsKey(after.name())) {
      function.requireProvisionable(after);
    }
    function.aliases().put(after.name(), after);
    Alias followed = provisioning.moved(function, before, after, context.at());
    functions.propagate(function, before, followed, context.at());
    return after.show();
  }

  public ObjectNode get(CallContext context, Input input) {
    FunctionReference reference = reference(context, input, "GetAlias");
    String name = input.required("Name");
    LambdaFunction function = functions.find(context.location(), reference.name());
    Alias alias = function == null ? null : function.aliases().get(name);
    if (alias == null) {
      throw LambdaErrors.notFound(
          "Cannot find alias arn: " + reference.functionArn(context.location()) + ":" + name);
    }
    return alias.show();
  }

  public ObjectNode list(CallContext context, Input input) {
    FunctionReference reference = reference(context, input, "ListAliases");
    LambdaFunction function = functions.get(context.location(), reference);
    String version = input.text("FunctionVersion");
    List<ObjectNode> shown =
        function.aliases().values().stream()
            .filter(alias -> version == null || alias.functionVersion().equals(version))
            .map(Alias::show)
            .toList();
    return Page.reply("Aliases", Page.of(shown, input, MOST_PER_PAGE));
  }

  /** Deleting an alias that is not there succeeds. */
  public ObjectNode delete(CallContext context, Input input) {
    FunctionReference reference = reference(context, input, "DeleteAlias");
    LambdaFunction function = functions.get(context.location(), reference);
    String name = input.required("Name");
    function.aliases().remove(name);
    function.policies().remove(name);
    function.provisioned().remove(name);
    function.eventInvokes().remove(name);
    return Json.object();
  }

  private static FunctionReference reference(CallContext context, Input input, String action) {
    return new FunctionReference(FunctionReference.of(context, input, action).name(), null);
  }

  private static Map<String, Double> weights(@Nullable Input routing) {
    Map<String, Double> weights = new TreeMap<>();
    Input given = routing == null ? null : routing.object("AdditionalVersionWeights");
    if (given != null) {
      for (Map.Entry<String, JsonNode> entry : given.tree().properties()) {
        Double weight = given.number(entry.getKey());
        weights.put(entry.getKey(), weight == null ? 0 : weight);
      }
    }
    if (weights.size() > 1) {
      throw LambdaErrors.invalid(
          "Number of items in AdditionalVersionWeights cannot be greater than 1");
    }
    return weights;
  }

  private static void requireValidRouting(LambdaFunction function, Alias alias) {
    FunctionVersion main = existing(function, alias.functionVersion());
    for (String version : alias.weights().keySet()) {
      if (alias.functionVersion().equals(FunctionReference.LATEST)) {
        throw LambdaErrors.invalid(
            "$LATEST is not supported for an alias pointing to more than 1 version");
      }
      if (version.equals(alias.functionVersion())) {
        throw LambdaErrors.invalid(
            "Invalid function version "
                + version
                + ". Function version "
                + version
                + " is already included in routing configuration.");
      }
      FunctionVersion additional = existing(function, version);
      if (!main.setting("Role").equals(additional.setting("Role"))) {
        throw LambdaErrors.invalid(
            "Specified versions must be associated with the same execution role");
      }
      if (!main.settings()
          .path("DeadLetterConfig")
          .equals(additional.settings().path("DeadLetterConfig"))) {
        // Documented by AWS as a constraint; its text is not known.
        throw LambdaErrors.invalid(
            "Specified versions must be associated with the same dead letter queue");
      }
    }
  }

  private static FunctionVersion existing(LambdaFunction function, String version) {
    FunctionVersion found = function.version(version);
    if (found == null) {
      throw LambdaErrors.functionNotFound(function.arn() + ":" + version);
    }
    return found;
  }
}
