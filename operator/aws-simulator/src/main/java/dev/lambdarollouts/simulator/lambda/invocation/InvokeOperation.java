package dev.lambdarollouts.simulator.lambda.invocation;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.lambdarollouts.simulator.lambda.function.FunctionReference;
import dev.lambdarollouts.simulator.lambda.runtime.Outcome;
import dev.lambdarollouts.simulator.protocol.AwsError;
import dev.lambdarollouts.simulator.protocol.Json;
import dev.lambdarollouts.simulator.protocol.WireReply;
import dev.lambdarollouts.simulator.protocol.WireRequest;
import dev.lambdarollouts.simulator.service.CallContext;
import dev.lambdarollouts.simulator.time.Timeline;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Invoke: RequestResponse, Event and DryRun. */
public final class InvokeOperation {
  private static final int MOST_PAYLOAD_BYTES = 6_291_456;
  private static final int MOST_EVENT_BYTES = 1_048_576;
  private static final int MOST_TAIL_BYTES = 4096;

  private final EventQueue events;
  private final Invoker invoker;

  public InvokeOperation(Timeline timeline, Invoker invoker) {
    this.events = new EventQueue(timeline, invoker);
    this.invoker = invoker;
  }

  public WireReply invoke(CallContext context, WireRequest request, String functionName) {
    FunctionReference reference =
        FunctionReference.of(
            functionName, request.queryValue("Qualifier"), context, "InvokeFunction");
    String type = header(request, "X-Amz-Invocation-Type", "RequestResponse");
    String logType = header(request, "X-Amz-Log-Type", "None");
    byte[] payload = checked(request.body(), type);
    Invoker.Target target = invoker.aim(context.location(), reference, context.at());
    return switch (type) {
      case "DryRun" -> WireReply.empty(204).with("x-amzn-RequestId", context.requestId());
      case "Event" -> {
        events.accept(
            new EventQueue.Event(
                context.location(), reference, payload, context.requestId(), context.at()));
        yield WireReply.empty(202).with("x-amzn-RequestId", context.requestId());
      }
      default ->
          reply(
              invoker.run(
                  target, payload, context.requestId(), context.at(), Invoker.Waiting.CALLER),
              logType.equals("Tail"));
    };
  }

  private static byte[] checked(byte[] body, String type) {
    int most = type.equals("Event") ? MOST_EVENT_BYTES : MOST_PAYLOAD_BYTES;
    if (body.length > most) {
      throw new AwsError(
          "RequestTooLargeException",
          413,
          body.length
              + " byte payload is too large for the "
              + type
              + " invocation type (limit "
              + most
              + " bytes)");
    }
    if (body.length == 0) {
      return "{}".getBytes(StandardCharsets.UTF_8);
    }
    try {
      Json.MAPPER.readTree(body);
    } catch (JsonProcessingException e) {
      throw unreadable(e.getMessage());
    } catch (IOException e) {
      throw unreadable(String.valueOf(e.getMessage()));
    }
    return body;
  }

  private static AwsError unreadable(@Nullable String why) {
    return new AwsError(
        "InvalidRequestContentException",
        400,
        "Could not parse request body into json: Could not parse payload into json: " + why);
  }

  private static WireReply reply(Invoker.Run run, boolean tail) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "application/json");
    headers.put("x-amzn-RequestId", run.execution().requestId());
    headers.put("x-amzn-Remapped-Content-Length", "0");
    headers.put("X-Amz-Executed-Version", run.target().version());
    Outcome outcome = run.outcome();
    if (outcome.functionError() != null) {
      headers.put("X-Amz-Function-Error", outcome.functionError());
    }
    if (tail) {
      byte[] log = LogTail.of(run).getBytes(StandardCharsets.UTF_8);
      byte[] last = Arrays.copyOfRange(log, Math.max(0, log.length - MOST_TAIL_BYTES), log.length);
      headers.put("X-Amz-Log-Result", Base64.getEncoder().encodeToString(last));
    }
    return new WireReply(200, headers, outcome.payload());
  }

  private static String header(WireRequest request, String name, String otherwise) {
    String value = request.header(name);
    return value == null ? otherwise : value;
  }
}
