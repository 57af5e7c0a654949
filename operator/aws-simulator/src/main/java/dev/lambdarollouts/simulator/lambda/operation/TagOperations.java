package dev.lambdarollouts.simulator.lambda.operation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.simulator.lambda.eventsource.EventSourceMapping;
import dev.lambdarollouts.simulator.lambda.eventsource.EventSourceMappings;
import dev.lambdarollouts.simulator.lambda.function.FunctionReference;
import dev.lambdarollouts.simulator.lambda.function.Functions;
import dev.lambdarollouts.simulator.lambda.function.LambdaErrors;
import dev.lambdarollouts.simulator.lambda.function.LambdaFunction;
import dev.lambdarollouts.simulator.lambda.function.ResourceTags;
import dev.lambdarollouts.simulator.protocol.Input;
import dev.lambdarollouts.simulator.protocol.Json;
import dev.lambdarollouts.simulator.service.CallContext;
import java.util.List;
import java.util.Map;

/** TagResource, UntagResource, ListTags: of functions and of event source mappings. */
public final class TagOperations {

  private final Functions functions;
  private final EventSourceMappings mappings;

  public TagOperations(Functions functions, EventSourceMappings mappings) {
    this.functions = functions;
    this.mappings = mappings;
  }

  public ObjectNode tag(CallContext context, Input input) {
    Map<String, String> tagged = tags(context, input, "TagResource");
    Map<String, String> tags = input.textMap("Tags");
    if (tags.isEmpty()) {
      throw LambdaErrors.invalid("An error occurred and the request cannot be processed.");
    }
    ResourceTags.add(tagged, tags);
    return Json.object();
  }

  public ObjectNode untag(CallContext context, Input input) {
    List<String> keys = input.texts("tagKeys");
    Map<String, String> tagged = tags(context, input, "UntagResource");
    ResourceTags.remove(tagged, keys);
    return Json.object();
  }

  public ObjectNode list(CallContext context, Input input) {
    ObjectNode reply = Json.object();
    ObjectNode tags = reply.putObject("Tags");
    tags(context, input, "ListTags").forEach(tags::put);
    return reply;
  }

  private Map<String, String> tags(CallContext context, Input input, String action) {
    String resource = input.required("Resource");
    if (resource.contains(":event-source-mapping:")) {
      EventSourceMapping mapping =
          mappings.find(context.location(), resource.substring(resource.lastIndexOf(':') + 1));
      if (mapping == null) {
        throw LambdaErrors.notFound("Event source mapping not found: " + resource);
      }
      return mapping.tags();
    }
    if (!resource.contains(":function:")) {
      throw LambdaErrors.invalid(
          "aws-simulator has no tags on resources other than functions and event source mappings: "
              + resource);
    }
    FunctionReference reference = FunctionReference.of(resource, null, context, action);
    if (reference.qualifier() != null) {
      throw LambdaErrors.invalid(
          "Tags on function aliases and versions are not supported. Please specify a function"
              + " ARN.");
    }
    LambdaFunction function = functions.get(context.location(), reference);
    if (action.equals("TagResource") && function.latest().isUpdating()) {
      throw LambdaErrors.updateInProgress(function.arn());
    }
    return function.tags();
  }
}
