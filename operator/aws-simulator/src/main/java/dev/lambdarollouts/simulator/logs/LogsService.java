package dev.lambdarollouts.simulator.logs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.simulator.protocol.AwsError;
import dev.lambdarollouts.simulator.protocol.Input;
import dev.lambdarollouts.simulator.protocol.Json;
import dev.lambdarollouts.simulator.protocol.WireReply;
import dev.lambdarollouts.simulator.protocol.WireRequest;
import dev.lambdarollouts.simulator.service.AwsService;
import dev.lambdarollouts.simulator.service.CallContext;
import dev.lambdarollouts.simulator.service.RoutedCall;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Amazon CloudWatch Logs behind AWS JSON 1.1. */
final class LogsService implements AwsService {
  private static final String SCOPE = "logs";
  private static final String TARGET_PREFIX = "Logs_20140328.";

  private final Map<String, Handler> operations = new HashMap<>();

  LogsService(
      GroupOperations groups, EventOperations events, SubscriptionOperations subscriptions) {
    operations.put("CreateLogGroup", groups::createGroup);
    operations.put("DeleteLogGroup", groups::deleteGroup);
    operations.put("DescribeLogGroups", groups::describeGroups);
    operations.put("CreateLogStream", groups::createStream);
    operations.put("DeleteLogStream", groups::deleteStream);
    operations.put("DescribeLogStreams", groups::describeStreams);
    operations.put("PutRetentionPolicy", groups::putRetention);
    operations.put("DeleteRetentionPolicy", groups::deleteRetention);
    operations.put("TagResource", groups::tag);
    operations.put("UntagResource", groups::untag);
    operations.put("ListTagsForResource", groups::tags);
    operations.put("PutLogEvents", events::put);
    operations.put("GetLogEvents", events::get);
    operations.put("FilterLogEvents", events::filter);
    operations.put("PutSubscriptionFilter", subscriptions::put);
    operations.put("DescribeSubscriptionFilters", subscriptions::describe);
    operations.put("DeleteSubscriptionFilter", subscriptions::delete);
  }

  /** What an operation does with its input; null when its reply has no members and no body. */
  @FunctionalInterface
  private interface Handler {
    @Nullable ObjectNode run(CallContext context, Input input);
  }

  @Override
  public String scope() {
    return SCOPE;
  }

  @Override
  public AwsError failed() {
    return new AwsError(
        "ServiceUnavailableException", 503, "The service cannot complete the request.");
  }

  @Override
  public boolean mutates(String operation) {
    return !operation.startsWith("Filter") && AwsService.super.mutates(operation);
  }

  @Override
  public Set<String> operations() {
    return Set.copyOf(operations.keySet());
  }

  @Override
  public RoutedCall route(WireRequest request) {
    String target = String.valueOf(request.header("X-Amz-Target"));
    String operation =
        target.startsWith(TARGET_PREFIX) ? target.substring(TARGET_PREFIX.length()) : target;
    Handler handler = operations.get(operation);
    if (handler == null) {
      return RoutedCall.failing(
          SCOPE,
          operation,
          new AwsError(
              "UnknownOperationException",
              400,
              "aws-simulator does not have the CloudWatch Logs operation '" + operation + "'"),
          LogsService::error);
    }
    Input input;
    String resource;
    try {
      input = new Input(Json.read(request.body()));
      resource = resource(input);
    } catch (AwsError unreadable) {
      return RoutedCall.failing(SCOPE, operation, unreadable, LogsService::error);
    }
    return new RoutedCall(
        SCOPE,
        operation,
        resource,
        true,
        context -> reply(handler.run(context, input), context.requestId()),
        LogsService::error);
  }

  private static String resource(Input input) {
    String group = input.text("logGroupName", input.text("logGroupIdentifier", ""));
    return input.has("logStreamName") ? group + ":" + input.text("logStreamName") : group;
  }

  private static WireReply reply(@Nullable ObjectNode tree, String requestId) {
    return tree == null
        ? WireReply.empty(200).with("x-amzn-RequestId", requestId)
        : reply(200, tree, requestId);
  }

  /** Every fault of the sender is a 400 in this protocol, bad credentials too. */
  private static WireReply error(AwsError error, String requestId) {
    ObjectNode body = Json.object().put("__type", error.code()).put("message", error.text());
    return reply(error.senderFault() ? 400 : error.status(), body, requestId);
  }

  private static WireReply reply(int status, ObjectNode tree, String requestId) {
    return new WireReply(
        status,
        Map.of("Content-Type", "application/x-amz-json-1.1", "x-amzn-RequestId", requestId),
        Json.write(tree));
  }
}
