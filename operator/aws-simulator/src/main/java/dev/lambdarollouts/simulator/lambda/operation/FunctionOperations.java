package dev.lambdarollouts.simulator.lambda.operation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.simulator.lambda.function.Code;
import dev.lambdarollouts.simulator.lambda.function.CodeSource;
import dev.lambdarollouts.simulator.lambda.function.FunctionReference;
import dev.lambdarollouts.simulator.lambda.function.FunctionSettings;
import dev.lambdarollouts.simulator.lambda.function.FunctionVersion;
import dev.lambdarollouts.simulator.lambda.function.Functions;
import dev.lambdarollouts.simulator.lambda.function.LambdaErrors;
import dev.lambdarollouts.simulator.lambda.function.LambdaFunction;
import dev.lambdarollouts.simulator.lambda.function.Page;
import dev.lambdarollouts.simulator.lambda.function.Publication;
import dev.lambdarollouts.simulator.lambda.function.ResourceTags;
import dev.lambdarollouts.simulator.protocol.Input;
import dev.lambdarollouts.simulator.protocol.Json;
import dev.lambdarollouts.simulator.service.CallContext;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** CreateFunction, GetFunction, GetFunctionConfiguration, ListFunctions, DeleteFunction. */
public final class FunctionOperations {
  private static final int MOST_PER_PAGE = 50;
  private static final DateTimeFormatter AMZ_DATE =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final Functions functions;
  private final CodeSource codeSource;

  public FunctionOperations(Functions functions, CodeSource codeSource) {
    this.functions = functions;
    this.codeSource = codeSource;
  }

  public ObjectNode create(CallContext context, Input input) {
    String given = input.required("FunctionName");
    FunctionReference reference = FunctionReference.of(given, null, context, "CreateFunction");
    String name = reference.name();
    if (name.length() > 64) {
      throw LambdaErrors.invalid(
          "1 validation error detected: Value '"
              + name
              + "' at 'functionName' failed to satisfy constraint: Member must have length less"
              + " than or equal to 64");
    }
    if (reference.qualifier() != null) {
      throw LambdaErrors.invalid("Invalid function name: " + given);
    }
    Input source = input.requiredObject("Code");
    boolean image = input.text("PackageType", "Zip").equals("Image");
    ObjectNode settings = FunctionSettings.create(input, name, image, context.location());
    if (functions.find(context.location(), name) != null) {
      throw LambdaErrors.conflict("Function already exist: " + name);
    }
    if (image != source.has("ImageUri")) {
      throw LambdaErrors.invalid(
          image
              ? "Please provide ImageUri when creating a function with packageType Image."
              : "Please don't provide ImageUri when creating a function with packageType Zip.");
    }
    Map<String, String> tags = new HashMap<>();
    ResourceTags.add(tags, input.textMap("Tags"));
    Code code = codeSource.resolve(source, context.location());
    FunctionVersion latest =
        new FunctionVersion(
            reference.functionArn(context.location()),
            FunctionReference.LATEST,
            settings,
            code,
            context.at(),
            functions.newRevisionId());
    LambdaFunction function = new LambdaFunction(latest.functionArn(), latest);
    function.tags().putAll(tags);
    functions.in(context.location()).put(name, function);
    functions.settleLater(function, latest, context.at());
    if (!input.flag("Publish")) {
      return latest.show(null);
    }
    // The reply carries the version's number under the function's unqualified ARN [recorded].
    return new Publication(functions).pending(function, null, context.at()).show(null);
  }

  public ObjectNode get(CallContext context, Input input) {
    FunctionReference reference = FunctionReference.of(context, input, "GetFunction");
    LambdaFunction function = functions.get(context.location(), reference);
    FunctionVersion version = functions.version(context.location(), reference);
    ObjectNode reply = Json.object();
    reply.set("Configuration", version.show(reference.qualifier()));
    ObjectNode code = reply.putObject("Code");
    String image = version.code().imageUri();
    if (image == null) {
      code.put("RepositoryType", "S3").put("Location", codeLocation(context, version));
    } else {
      code.put("RepositoryType", "ECR")
          .put("ImageUri", image)
          .put("ResolvedImageUri", version.code().resolvedImageUri());
    }
    if (!function.tags().isEmpty()) {
      ObjectNode tags = reply.putObject("Tags");
      function.tags().forEach(tags::put);
    }
    Integer reserved = function.reservedConcurrency();
    if (reserved != null) {
      reply.putObject("Concurrency").put("ReservedConcurrentExecutions", reserved);
    }
    return reply;
  }

  public ObjectNode getConfiguration(CallContext context, Input input) {
    FunctionReference reference = FunctionReference.of(context, input, "GetFunctionConfiguration");
    return functions.version(context.location(), reference).show(reference.qualifier());
  }

  public ObjectNode list(CallContext context, Input input) {
    String which = input.text("FunctionVersion");
    List<ObjectNode> all = new ArrayList<>();
    for (LambdaFunction function : functions.in(context.location()).values()) {
      if (which == null) {
        all.add(function.latest().listed(null));
      } else {
        all.add(function.latest().listed(FunctionReference.LATEST));
        function.versions().values().forEach(version -> all.add(version.listed(version.version())));
      }
    }
    return Page.reply("Functions", Page.of(all, input, MOST_PER_PAGE));
  }

  public ObjectNode delete(CallContext context, Input input) {
    FunctionReference reference = FunctionReference.of(context, input, "DeleteFunction");
    String qualifier = reference.qualifier();
    if (FunctionReference.LATEST.equals(qualifier)) {
      throw LambdaErrors.invalid(
          "$LATEST version cannot be deleted without deleting the function.");
    }
    boolean number = qualifier != null && FunctionReference.isVersionNumber(qualifier);
    if (qualifier != null && !number && !qualifier.contains("$")) {
      throw LambdaErrors.invalid("Deletion of aliases is not currently supported.");
    }
    LambdaFunction function =
        functions.get(context.location(), new FunctionReference(reference.name(), null));
    if (qualifier == null) {
      functions.in(context.location()).remove(reference.name());
      function.retire();
      return Json.object();
    }
    if (!number) {
      throw LambdaErrors.functionNotFound(function.arn());
    }
    List<String> aliases = function.aliasesOf(qualifier);
    if (!aliases.isEmpty()) {
      throw LambdaErrors.conflict(
          "Unable to delete version because the following aliases reference it: " + aliases);
    }
    // Deleting a version that is not there succeeds [recorded].
    FunctionVersion version = function.version(qualifier);
    if (version != null) {
      function.versions().remove(Integer.parseInt(qualifier));
      version.retire();
      function.policies().remove(qualifier);
      function.provisioned().remove(qualifier);
      function.eventInvokes().remove(qualifier);
      function.durableExecutions().removeIf(one -> one.version().equals(qualifier));
    }
    return Json.object();
  }

  /** A presigned-looking URL, good for ten minutes, that this endpoint serves the package from. */
  private static String codeLocation(CallContext context, FunctionVersion version) {
    String path =
        "/awslambda-"
            + context.region()
            + "-tasks/snapshots/"
            + context.account()
            + "/"
            + version.packageFile();
    return "http://"
        + context.host()
        + path
        + "?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Date="
        + AMZ_DATE.format(context.at())
        + "&X-Amz-SignedHeaders=host&X-Amz-Expires=600&X-Amz-Credential="
        + context.account()
        + "%2F"
        + AMZ_DATE.format(context.at()).substring(0, 8)
        + "%2F"
        + context.region()
        + "%2Fs3%2Faws4_request&X-Amz-Signature=simulated";
  }
}
