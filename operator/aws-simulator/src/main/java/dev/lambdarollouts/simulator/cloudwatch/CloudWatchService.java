package dev.lambdarollouts.simulator.cloudwatch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.simulator.cloudwatch.dashboard.Dashboards;
import dev.lambdarollouts.simulator.protocol.AwsError;
import dev.lambdarollouts.simulator.protocol.Cbor;
import dev.lambdarollouts.simulator.protocol.Input;
import dev.lambdarollouts.simulator.protocol.Json;
import dev.lambdarollouts.simulator.protocol.Query;
import dev.lambdarollouts.simulator.protocol.WireReply;
import dev.lambdarollouts.simulator.protocol.WireRequest;
import dev.lambdarollouts.simulator.service.AwsService;
import dev.lambdarollouts.simulator.service.CallContext;
import dev.lambdarollouts.simulator.service.RequestQuota;
import dev.lambdarollouts.simulator.service.RoutedCall;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Amazon CloudWatch behind its three protocols: Smithy RPC v2 CBOR, AWS JSON 1.0 and query. */
final class CloudWatchService implements AwsService {
  private static final String SCOPE = "monitoring";
  private static final String NAMESPACE = "http://monitoring.amazonaws.com/doc/2010-08-01/";
  private static final String CBOR_PREFIX = "/service/GraniteServiceVersion20100801/operation/";
  private static final String JSON_PREFIX = "GraniteServiceVersion20100801.";

  private final Map<String, Handler> operations = new HashMap<>();

  CloudWatchService(
      AlarmOperations alarms,
      AlarmListing listing,
      MetricOperations metrics,
      StatisticsOperation statistics,
      Dashboards dashboards) {
    operations.put("PutMetricAlarm", alarms::putMetricAlarm);
    operations.put("PutCompositeAlarm", alarms::putCompositeAlarm);
    operations.put("DeleteAlarms", alarms::delete);
    operations.put("SetAlarmState", alarms::setState);
    operations.put("EnableAlarmActions", alarms::enableActions);
    operations.put("DisableAlarmActions", alarms::disableActions);
    operations.put("DescribeAlarms", listing::describe);
    operations.put("DescribeAlarmsForMetric", listing::describeForMetric);
    operations.put("DescribeAlarmHistory", listing::history);
    operations.put("PutMetricData", metrics::put);
    operations.put("GetMetricData", metrics::get);
    operations.put("ListMetrics", metrics::list);
    operations.put("GetMetricStatistics", statistics::get);
    operations.put("PutDashboard", dashboards::put);
    operations.put("GetDashboard", dashboards::get);
    operations.put("ListDashboards", dashboards::list);
    operations.put("DeleteDashboards", dashboards::delete);
  }

  /** What an operation does with its input; it gives the reply's members. */
  @FunctionalInterface
  private interface Handler {
    ObjectNode run(CallContext context, Input input);
  }

  /** How a request and its reply are written. */
  private interface Protocol {
    ObjectNode read();

    WireReply write(ObjectNode reply, String requestId);

    WireReply error(AwsError error, String requestId);
  }

  @Override
  public String scope() {
    return SCOPE;
  }

  /** CloudWatch service quotas. */
  @Override
  public RequestQuota quota(String operation) {
    return switch (operation) {
      case "DescribeAlarms", "DescribeAlarmsForMetric" -> new RequestQuota(operation, 9);
      case "DescribeAlarmHistory" -> new RequestQuota(operation, 20);
      case "ListMetrics" -> new RequestQuota(operation, 25);
      case "GetMetricData", "PutMetricData" -> new RequestQuota(operation, 500);
      case "GetMetricStatistics" -> new RequestQuota(operation, 400);
      case "PutDashboard", "GetDashboard", "ListDashboards", "DeleteDashboards" ->
          RequestQuota.NONE;
      default -> new RequestQuota(operation, 3);
    };
  }

  @Override
  public String actionPrefix() {
    return "cloudwatch";
  }

  @Override
  public Set<String> operations() {
    return Set.copyOf(operations.keySet());
  }

  @Override
  public RoutedCall route(WireRequest request) {
    String target = request.header("X-Amz-Target");
    if (request.path().startsWith(CBOR_PREFIX)) {
      return call(request.path().substring(CBOR_PREFIX.length()), new RpcV2Cbor(request.body()));
    }
    if (target != null) {
      String operation =
          target.startsWith(JSON_PREFIX) ? target.substring(JSON_PREFIX.length()) : target;
      return call(operation, new AwsJson(request.body()));
    }
    Map<String, List<String>> form =
        request.method().equals("GET")
            ? request.query()
            : WireRequest.parseQuery(new String(request.body(), StandardCharsets.UTF_8));
    String operation = form.getOrDefault("Action", List.of("")).getFirst();
    return call(operation, new QueryXml(operation, form));
  }

  private RoutedCall call(String operation, Protocol protocol) {
    Handler handler = operations.get(operation);
    if (handler == null) {
      return RoutedCall.failing(
          SCOPE,
          operation.isEmpty() ? "UnknownOperation" : operation,
          new AwsError(
                  "UnknownOperationException",
                  400,
                  "aws-simulator does not have the CloudWatch operation '" + operation + "'")
              .queryCode("InvalidAction"),
          protocol::error);
    }
    Input input;
    String resource;
    try {
      input = new Input(protocol.read());
      resource = resource(input);
    } catch (AwsError unreadable) {
      return RoutedCall.failing(SCOPE, operation, unreadable, protocol::error);
    }
    return new RoutedCall(
        SCOPE,
        operation,
        resource,
        true,
        context -> protocol.write(handler.run(context, input), context.requestId()),
        protocol::error);
  }

  private static String resource(Input input) {
    for (String member : List.of("AlarmName", "DashboardName")) {
      if (input.has(member)) {
        return input.text(member, "");
      }
    }
    List<String> names = input.texts("AlarmNames");
    return String.join(",", names.isEmpty() ? input.texts("DashboardNames") : names);
  }

  /** The error's type as the JSON and CBOR protocols write it. */
  private static ObjectNode errorBody(AwsError error) {
    String namespace =
        error.code().equals("ValidationException")
            ? "com.amazon.coral.validate#"
            : error.status() == 403 || error.code().startsWith("Throttling")
                ? "com.amazon.coral.service#"
                : "com.amazonaws.cloudwatch.v2010_08_01#";
    ObjectNode body = Json.object().put("__type", namespace + error.code());
    if (!error.text().isEmpty()) {
      body.put("message", error.text());
    }
    error.lists().forEach(body::set);
    return body;
  }

  private static String queryError(AwsError error) {
    return error.queryCode() + ";" + (error.senderFault() ? "Sender" : "Receiver");
  }

  @SuppressWarnings(
      "ArrayRecordComponent") // bytes are handed on as they are: never changed, never compared
  private record RpcV2Cbor(byte[] body) implements Protocol {
    @Override
    public ObjectNode read() {
      return Cbor.read(body);
    }

    @Override
    public WireReply write(ObjectNode reply, String requestId) {
      return reply(200, Cbor.write(reply), requestId);
    }

    @Override
    public WireReply error(AwsError error, String requestId) {
      return reply(error.status(), Cbor.write(errorBody(error)), requestId)
          .with("x-amzn-query-error", queryError(error));
    }

    private static WireReply reply(int status, byte[] body, String requestId) {
      return new WireReply(
          status,
          Map.of(
              "Content-Type",
              "application/cbor",
              "smithy-protocol",
              "rpc-v2-cbor",
              "x-amzn-RequestId",
              requestId),
          body);
    }
  }

  @SuppressWarnings(
      "ArrayRecordComponent") // bytes are handed on as they are: never changed, never compared
  private record AwsJson(byte[] body) implements Protocol {
    @Override
    public ObjectNode read() {
      return Json.read(body);
    }

    @Override
    public WireReply write(ObjectNode reply, String requestId) {
      return reply(200, Json.write(reply), requestId);
    }

    @Override
    public WireReply error(AwsError error, String requestId) {
      return reply(error.status(), Json.write(errorBody(error)), requestId)
          .with("x-amzn-query-error", queryError(error));
    }

    private static WireReply reply(int status, byte[] body, String requestId) {
      return new WireReply(
          status,
          Map.of("Content-Type", "application/x-amz-json-1.0", "x-amzn-RequestId", requestId),
          body);
    }
  }

  private record QueryXml(String operation, Map<String, List<String>> form) implements Protocol {
    @Override
    public ObjectNode read() {
      return Query.read(form);
    }

    @Override
    public WireReply write(ObjectNode reply, String requestId) {
      return reply(200, Query.write(operation, reply, NAMESPACE, requestId), requestId);
    }

    @Override
    public WireReply error(AwsError error, String requestId) {
      return reply(error.status(), Query.error(error, NAMESPACE, requestId), requestId);
    }

    private static WireReply reply(int status, byte[] body, String requestId) {
      return new WireReply(
          status, Map.of("Content-Type", "text/xml", "x-amzn-RequestId", requestId), body);
    }
  }
}
