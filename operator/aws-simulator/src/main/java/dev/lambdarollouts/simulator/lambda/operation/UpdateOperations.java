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
import dev.lambdarollouts.simulator.protocol.Input;
import dev.lambdarollouts.simulator.service.CallContext;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** UpdateFunctionCode, UpdateFunctionConfiguration, PublishVersion, ListVersionsByFunction. */
public final class UpdateOperations {
  private static final int MOST_PER_PAGE = 50;

  private final Functions functions;
  private final CodeSource codeSource;

  public UpdateOperations(Functions functions, CodeSource codeSource) {
    this.functions = functions;
    this.codeSource = codeSource;
  }

  public ObjectNode updateCode(CallContext context, Input input) {
    LambdaFunction function = function(context, input, "UpdateFunctionCode");
    FunctionVersion latest = function.latest();
    requireSettled(latest);
    requireRevision(latest, input.text("RevisionId"));
    if (latest.isImage() && !input.has("ImageUri")) {
      throw LambdaErrors.invalid(
          "Please provide ImageUri when updating a function with packageType Image.");
    }
    if (!latest.isImage() && input.has("ImageUri")) {
      throw LambdaErrors.invalid(
          "Please don't provide ImageUri when updating a function with packageType Zip.");
    }
    Code code = codeSource.resolve(input, context.location());
    ObjectNode settings = FunctionSettings.architectures(latest.settings().deepCopy(), input);
    if (input.flag("DryRun")) {
      return shownAfterDryRun(latest, code, settings, context);
    }
    latest.update(settings, code, context.at(), functions.newRevisionId());
    functions.settleLater(function, latest, context.at());
    if (!input.flag("Publish")) {
      return latest.show(null);
    }
    FunctionVersion version = new Publication(functions).pending(function, null, context.at());
    return version.show(version.version());
  }

  public ObjectNode updateConfiguration(CallContext context, Input input) {
    LambdaFunction function = function(context, input, "UpdateFunctionConfiguration");
    FunctionVersion latest = function.latest();
    ObjectNode settings = FunctionSettings.update(latest.settings(), input, context.location());
    requireSettled(latest);
    requireRevision(latest, input.text("RevisionId"));
    latest.update(settings, latest.code(), context.at(), functions.newRevisionId());
    functions.settleLater(function, latest, context.at());
    return latest.show(null);
  }

  public ObjectNode publish(CallContext context, Input input) {
    LambdaFunction function = function(context, input, "PublishVersion");
    FunctionVersion latest = function.latest();
    requireSettled(latest);
    requireRevision(latest, input.text("RevisionId"));
    String expected = input.text("CodeSha256");
    if (expected != null && !expected.isEmpty() && !expected.equals(latest.code().sha256())) {
      throw LambdaErrors.invalid(
          "CodeSHA256 ("
              + expected
              + ") is different from current CodeSHA256 in $LATEST ("
              + latest.code().sha256()
              + "). Please try again with the CodeSHA256 in $LATEST.");
    }
    FunctionVersion version =
        new Publication(functions).settled(function, input.text("Description"), context.at());
    return version.show(version.version());
  }

  public ObjectNode listVersions(CallContext context, Input input) {
    FunctionReference reference = FunctionReference.of(context, input, "ListVersionsByFunction");
    LambdaFunction function = functions.get(context.location(), reference);
    List<ObjectNode> all = new ArrayList<>();
    all.add(function.latest().listed(FunctionReference.LATEST));
    function.versions().values().forEach(version -> all.add(version.listed(version.version())));
    return Page.reply("Versions", Page.of(all, input, MOST_PER_PAGE));
  }

  private LambdaFunction function(CallContext context, Input input, String action) {
    FunctionReference reference = FunctionReference.of(context, input, action);
    return functions.get(context.location(), reference.unqualifiedForUpdate());
  }

  private static void requireSettled(FunctionVersion latest) {
    if (latest.isPending()) {
      throw LambdaErrors.wrongState(latest.state());
    }
    if (latest.isUpdating()) {
      throw LambdaErrors.updateInProgress(latest.functionArn());
    }
  }

  private static void requireRevision(FunctionVersion latest, @Nullable String expected) {
    if (expected != null && !expected.isEmpty() && !expected.equals(latest.revisionId())) {
      throw LambdaErrors.revisionMismatch();
    }
  }

  /** A dry run answers as if the code had been taken, and changes nothing. */
  private static ObjectNode shownAfterDryRun(
      FunctionVersion latest, Code code, ObjectNode settings, CallContext context) {
    FunctionVersion imagined =
        new FunctionVersion(
            latest.functionArn(),
            FunctionReference.LATEST,
            settings,
            code,
            context.at(),
            latest.revisionId());
    imagined.settle(latest.revisionId());
    return imagined.show(null);
  }
}
