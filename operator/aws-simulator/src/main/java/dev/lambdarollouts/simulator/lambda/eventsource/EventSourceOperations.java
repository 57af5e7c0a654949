package dev.lambdarollouts.simulator.lambda.eventsource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.simulator.lambda.function.FunctionReference;
import dev.lambdarollouts.simulator.lambda.function.Functions;
import dev.lambdarollouts.simulator.lambda.function.LambdaErrors;
import dev.lambdarollouts.simulator.lambda.function.LambdaFunction;
import dev.lambdarollouts.simulator.lambda.function.Page;
import dev.lambdarollouts.simulator.lambda.function.ResourceTags;
import dev.lambdarollouts.simulator.protocol.AwsError;
import dev.lambdarollouts.simulator.protocol.Input;
import dev.lambdarollouts.simulator.service.CallContext;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Create-, Get-, Update-, Delete- and ListEventSourceMappings. */
public final class EventSourceOperations {
  private static final int MOST_PER_PAGE = 100;

  private final Functions functions;
  private final EventSourceMappings mappings;

  public EventSourceOperations(Functions functions, EventSourceMappings mappings) {
    this.functions = functions;
    this.mappings = mappings;
  }

  public ObjectNode create(CallContext context, Input input) {
    String uuid = functions.newUuid();
    String given = input.required("FunctionName");
    EventSourceType type = EventSourceType.of(input);
    ObjectNode settings = EventSourceSettings.create(input, type, uuid);
    String functionArn = functionArn(context, given, "CreateEventSourceMapping");
    requireUnique(context, settings, functionArn, type);
    EventSourceMapping mapping =
        new EventSourceMapping(
            uuid,
            context.location().arn("lambda", "event-source-mapping:" + uuid),
            type,
            functionArn,
            settings,
            !input.has("Enabled") || input.flag("Enabled"),
            context.at());
    ResourceTags.add(mapping.tags(), input.textMap("Tags"));
    mappings.add(context.location(), mapping);
    mappings.settleLater(mapping, context.at());
    return mapping.show();
  }

  public ObjectNode get(CallContext context, Input input) {
    return mapping(context, input).show();
  }

  public ObjectNode update(CallContext context, Input input) {
    EventSourceMapping mapping = mapping(context, input);
    ObjectNode settings = EventSourceSettings.update(mapping.settings(), input, mapping.type());
    String function = input.text("FunctionName");
    String functionArn =
        function == null
            ? mapping.functionArn()
            : functionArn(context, function, "UpdateEventSourceMapping");
    if (mapping.isChanging()) {
      throw inUse("update");
    }
    mapping.update(
        functionArn,
        settings,
        input.has("Enabled") ? input.flag("Enabled") : mapping.enabled(),
        context.at());
    mappings.settleLater(mapping, context.at());
    return mapping.show();
  }

  public ObjectNode delete(CallContext context, Input input) {
    EventSourceMapping mapping = mapping(context, input);
    if (mapping.isChanging()) {
      throw inUse("delete");
    }
    mapping.delete(context.at());
    mappings.removeLater(context.location(), mapping, context.at());
    return mapping.show();
  }

  public ObjectNode list(CallContext context, Input input) {
    String source = input.text("EventSourceArn");
    String given = input.text("FunctionName");
    String functionArn =
        given == null
            ? null
            : FunctionReference.of(given, null, context, "ListEventSourceMappings")
                .arn(context.location());
    List<ObjectNode> shown = new ArrayList<>();
    for (EventSourceMapping mapping : mappings.in(context.location())) {
      boolean ofSource =
          source == null || source.equals(mapping.settings().path("EventSourceArn").asText());
      if (ofSource && (functionArn == null || functionArn.equals(mapping.functionArn()))) {
        shown.add(mapping.show());
      }
    }
    return Page.reply("EventSourceMappings", Page.of(shown, input, MOST_PER_PAGE));
  }

  private EventSourceMapping mapping(CallContext context, Input input) {
    String uuid = input.required("UUID");
    EventSourceMapping mapping = mappings.find(context.location(), uuid);
    if (mapping == null) {
      throw LambdaErrors.notFound("The resource you requested does not exist.");
    }
    return mapping;
  }

  /** The ARN as it is shown: with the qualifier that was given, if one was. */
  private String functionArn(CallContext context, String given, String action) {
    FunctionReference reference = FunctionReference.of(given, null, context, action);
    LambdaFunction function = functions.find(context.location(), reference.name());
    if (function == null || function.qualified(reference.qualifier()) == null) {
      throw LambdaErrors.invalid("Function does not exist");
    }
    return reference.arn(context.location());
  }

  private void requireUnique(
      CallContext context, ObjectNode settings, String functionArn, EventSourceType type) {
    for (EventSourceMapping other : mappings.in(context.location())) {
      boolean sameSource =
          same(settings, other, "EventSourceArn")
              && same(settings, other, "SelfManagedEventSource")
              && same(settings, other, "Topics")
              && same(settings, other, "Queues");
      if (sameSource && other.functionArn().equals(functionArn)) {
        throw exists(settings, functionArn, type, other.uuid());
      }
    }
  }

  private static boolean same(ObjectNode settings, EventSourceMapping other, String member) {
    return settings.path(member).equals(other.settings().path(member));
  }

  /** The blanks within the quotes are the service's. */
  private static AwsError exists(
      ObjectNode settings, String functionArn, EventSourceType type, @Nullable String uuid) {
    String source = settings.path("EventSourceArn").asText();
    String name = functionArn.split(":", -1)[6];
    String which =
        switch (type) {
          case SQS ->
              "An event source mapping with SQS arn (\" "
                  + source
                  + " \") and function (\" "
                  + name
                  + " \")";
          case SELF_MANAGED_KAFKA ->
              "An event source mapping with event source (\""
                  + String.join(
                      ",",
                      new Input(settings)
                          .requiredObject("SelfManagedEventSource")
                          .requiredObject("Endpoints")
                          .texts("KAFKA_BOOTSTRAP_SERVERS"))
                  + "\"), function (\""
                  + functionArn
                  + "\"), topics (\""
                  + String.join(",", new Input(settings).texts("Topics"))
                  + "\")";
          default ->
              "The event source arn (\" "
                  + source
                  + " \") and function (\" "
                  + name
                  + " \") provided mapping";
        };
    return LambdaErrors.conflict(
        which + " already exists. Please update or delete the existing mapping with UUID " + uuid);
  }

  private static AwsError inUse(String verb) {
    return new AwsError(
        "ResourceInUseException",
        400,
        "Cannot " + verb + " the event source mapping because it is in use.");
  }
}
