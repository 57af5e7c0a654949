package dev.lambdarollouts.simulator.lambda.operation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.simulator.lambda.function.FunctionReference;
import dev.lambdarollouts.simulator.lambda.function.FunctionUrl;
import dev.lambdarollouts.simulator.lambda.function.Functions;
import dev.lambdarollouts.simulator.lambda.function.LambdaErrors;
import dev.lambdarollouts.simulator.lambda.function.LambdaFunction;
import dev.lambdarollouts.simulator.lambda.function.Page;
import dev.lambdarollouts.simulator.protocol.AwsError;
import dev.lambdarollouts.simulator.protocol.Input;
import dev.lambdarollouts.simulator.protocol.Json;
import dev.lambdarollouts.simulator.service.CallContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Create-, Get-, Update-, Delete- and ListFunctionUrlConfigs: of a function or of an alias. */
public final class FunctionUrlOperations {
  private static final int MOST_PER_PAGE = 50;

  private final Functions functions;

  public FunctionUrlOperations(Functions functions) {
    this.functions = functions;
  }

  public ObjectNode create(CallContext context, Input input) {
    FunctionReference reference = reference(context, input, "CreateFunctionUrlConfig");
    String authType = input.required("AuthType");
    LambdaFunction function = existing(context, reference);
    String arn = reference.arn(context.location());
    if (function.urls().containsKey(key(reference))) {
      // The two blanks are the service's [recorded].
      throw LambdaErrors.conflict(
          "Failed to create function url config for [functionArn = "
              + arn
              + "]. Error message:  FunctionUrlConfig exists for this Lambda function");
    }
    Input cors = input.object("Cors");
    FunctionUrl url =
        new FunctionUrl(
            "https://" + functions.newUrlId() + ".lambda-url." + context.region() + ".on.aws/",
            arn,
            authType,
            cors == null ? null : cors.tree().deepCopy(),
            input.text("InvokeMode", "BUFFERED"),
            context.at(),
            context.at());
    function.urls().put(key(reference), url);
    return url.showCreated(input.has("InvokeMode"));
  }

  public ObjectNode update(CallContext context, Input input) {
    FunctionReference reference = reference(context, input, "UpdateFunctionUrlConfig");
    LambdaFunction function = existing(context, reference);
    FunctionUrl before = function.urls().get(key(reference));
    if (before == null) {
      throw none();
    }
    Input cors = input.object("Cors");
    FunctionUrl after =
        new FunctionUrl(
            before.url(),
            before.functionArn(),
            input.text("AuthType", before.authType()),
            cors == null ? before.cors() : cors.tree().deepCopy(),
            input.text("InvokeMode", before.invokeMode()),
            before.created(),
            context.at());
    function.urls().put(key(reference), after);
    return after.show(input.has("InvokeMode"));
  }

  public ObjectNode get(CallContext context, Input input) {
    FunctionReference reference = reference(context, input, "GetFunctionUrlConfig");
    return url(functions.find(context.location(), reference.name()), reference).show(true);
  }

  public ObjectNode delete(CallContext context, Input input) {
    FunctionReference reference = reference(context, input, "DeleteFunctionUrlConfig");
    LambdaFunction function = functions.find(context.location(), reference.name());
    url(function, reference);
    if (function != null) {
      function.urls().remove(key(reference));
    }
    return Json.object();
  }

  public ObjectNode list(CallContext context, Input input) {
    FunctionReference reference = reference(context, input, "ListFunctionUrlConfigs");
    LambdaFunction function = functions.find(context.location(), reference.name());
    if (function == null) {
      throw missing();
    }
    List<ObjectNode> all = function.urls().values().stream().map(url -> url.show(true)).toList();
    return Page.reply("FunctionUrlConfigs", Page.of(all, input, MOST_PER_PAGE));
  }

  private static FunctionReference reference(CallContext context, Input input, String action) {
    return FunctionReference.of(context, input, action);
  }

  private static String key(FunctionReference reference) {
    String qualifier = reference.qualifier();
    return qualifier == null ? "" : qualifier;
  }

  /** The function, when what the URL is to be of is there. */
  private LambdaFunction existing(CallContext context, FunctionReference reference) {
    LambdaFunction function = functions.find(context.location(), reference.name());
    if (function == null || function.qualified(reference.qualifier()) == null) {
      throw missing();
    }
    return function;
  }

  private static FunctionUrl url(@Nullable LambdaFunction function, FunctionReference reference) {
    FunctionUrl url = function == null ? null : function.urls().get(key(reference));
    if (url == null) {
      throw none();
    }
    return url;
  }

  private static AwsError missing() {
    return LambdaErrors.notFound("Function does not exist");
  }

  private static AwsError none() {
    return LambdaErrors.notFound("The resource you requested does not exist.");
  }
}
