package dev.lambdarollouts.simulator.lambda.operation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.simulator.lambda.function.EventInvokeConfig;
import dev.lambdarollouts.simulator.lambda.function.FunctionReference;
import dev.lambdarollouts.simulator.lambda.function.Functions;
import dev.lambdarollouts.simulator.lambda.function.LambdaErrors;
import dev.lambdarollouts.simulator.lambda.function.LambdaFunction;
import dev.lambdarollouts.simulator.lambda.function.Page;
import dev.lambdarollouts.simulator.protocol.AwsError;
import dev.lambdarollouts.simulator.protocol.Input;
import dev.lambdarollouts.simulator.protocol.Json;
import dev.lambdarollouts.simulator.service.CallContext;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Put-, Update-, Get-, Delete- and ListFunctionEventInvokeConfigs. */
public final class EventInvokeOperations {
  private static final int MOST_PER_PAGE = 50;
  private static final Set<String> DESTINATION_SERVICES =
      Set.of("lambda", "sqs", "sns", "events", "s3");

  private final Functions functions;

  public EventInvokeOperations(Functions functions) {
    this.functions = functions;
  }

  /** What the request leaves out is unset. */
  public ObjectNode put(CallContext context, Input input) {
    FunctionReference reference =
        FunctionReference.of(context, input, "PutFunctionEventInvokeConfig");
    return save(context, input, reference, null);
  }

  /** What the request leaves out stays. */
  public ObjectNode update(CallContext context, Input input) {
    FunctionReference reference =
        FunctionReference.of(context, input, "UpdateFunctionEventInvokeConfig");
    LambdaFunction function = existing(context, reference);
    EventInvokeConfig before = function.eventInvokes().get(key(reference));
    if (before == null) {
      throw none(context, reference);
    }
    return save(context, input, reference, before);
  }

  public ObjectNode get(CallContext context, Input input) {
    FunctionReference reference =
        FunctionReference.of(context, input, "GetFunctionEventInvokeConfig");
    LambdaFunction function = functions.find(context.location(), reference.name());
    EventInvokeConfig config =
        function == null ? null : function.eventInvokes().get(key(reference));
    if (config == null) {
      throw none(context, reference);
    }
    return config.show();
  }

  public ObjectNode delete(CallContext context, Input input) {
    FunctionReference reference =
        FunctionReference.of(context, input, "DeleteFunctionEventInvokeConfig");
    LambdaFunction function = functions.find(context.location(), reference.name());
    if (function == null || function.eventInvokes().remove(key(reference)) == null) {
      throw none(context, reference);
    }
    return Json.object();
  }

  public ObjectNode list(CallContext context, Input input) {
    FunctionReference reference =
        FunctionReference.of(context, input, "ListFunctionEventInvokeConfigs");
    LambdaFunction function = functions.find(context.location(), reference.name());
    if (function == null) {
      throw LambdaErrors.notFound("The function doesn't exist.");
    }
    List<ObjectNode> all =
        function.eventInvokes().values().stream().map(EventInvokeConfig::show).toList();
    return Page.reply("FunctionEventInvokeConfigs", Page.of(all, input, MOST_PER_PAGE));
  }

  private ObjectNode save(
      CallContext context,
      Input input,
      FunctionReference reference,
      @Nullable EventInvokeConfig before) {
    Integer retries = input.integer("MaximumRetryAttempts");
    Integer age = input.integer("MaximumEventAgeInSeconds");
    Input destinations = input.object("DestinationConfig");
    String onSuccess = destination(destinations, "OnSuccess");
    String onFailure = destination(destinations, "OnFailure");
    if (retries == null && age == null && destinations == null) {
      throw LambdaErrors.invalid(
          "You must specify at least one of error handling or destination setting.");
    }
    LambdaFunction function = existing(context, reference);
    for (String destination : new String[] {onSuccess, onFailure}) {
      requireDestination(context, function, destination, onSuccess, onFailure);
    }
    EventInvokeConfig config =
        new EventInvokeConfig(
            function.arn() + ":" + key(reference),
            retries == null && before != null ? before.retries() : retries,
            age == null && before != null ? before.ageSeconds() : age,
            destinations == null && before != null ? before.onSuccess() : onSuccess,
            destinations == null && before != null ? before.onFailure() : onFailure,
            context.at());
    function.eventInvokes().put(key(reference), config);
    return config.show();
  }

  private static @Nullable String destination(@Nullable Input destinations, String when) {
    Input destination = destinations == null ? null : destinations.object(when);
    String arn = destination == null ? null : destination.text("Destination");
    return arn == null || arn.isEmpty() ? null : arn;
  }

  private void requireDestination(
      CallContext context,
      LambdaFunction function,
      @Nullable String arn,
      @Nullable String onSuccess,
      @Nullable String onFailure) {
    if (arn == null || !arn.startsWith("arn:")) {
      return;
    }
    String[] parts = arn.split(":", -1);
    if (!DESTINATION_SERVICES.contains(parts[2])) {
      throw LambdaErrors.invalid(
          "The provided destination config DestinationConfig(onSuccess="
              + shown("OnSuccess", onSuccess)
              + ", onFailure="
              + shown("OnFailure", onFailure)
              + ") is invalid.");
    }
    if (!parts[2].equals("lambda")) {
      return;
    }
    if (arn.equals(function.arn()) || arn.startsWith(function.arn() + ":")) {
      throw LambdaErrors.invalid("You can't specify the function as a destination for itself.");
    }
    LambdaFunction target = parts.length > 6 ? functions.find(context.location(), parts[6]) : null;
    if (target == null || (parts.length > 7 && target.qualified(parts[7]) == null)) {
      throw LambdaErrors.invalid("The destination ARN " + arn + " is invalid.");
    }
  }

  private static String shown(String when, @Nullable String arn) {
    return arn == null ? "null" : when + "(destination=" + arn + ")";
  }

  private LambdaFunction existing(CallContext context, FunctionReference reference) {
    LambdaFunction function = functions.find(context.location(), reference.name());
    if (function == null || function.qualified(reference.qualifier()) == null) {
      throw LambdaErrors.notFound("The function doesn't exist.");
    }
    return function;
  }

  private static AwsError none(CallContext context, FunctionReference reference) {
    return LambdaErrors.notFound(
        "The function "
            + reference.functionArn(context.location())
            + ":"
            + key(reference)
            + " doesn't have an EventInvokeConfig");
  }

  private static String key(FunctionReference reference) {
    String qualifier = reference.qualifier();
    return qualifier == null ? FunctionReference.LATEST : qualifier;
  }
}
