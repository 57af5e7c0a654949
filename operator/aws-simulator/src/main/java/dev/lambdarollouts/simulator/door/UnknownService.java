package dev.lambdarollouts.simulator.door;

import dev.lambdarollouts.simulator.protocol.AwsError;
import dev.lambdarollouts.simulator.protocol.Json;
import dev.lambdarollouts.simulator.protocol.Query;
import dev.lambdarollouts.simulator.protocol.WireReply;
import dev.lambdarollouts.simulator.protocol.WireRequest;
import dev.lambdarollouts.simulator.protocol.Xml;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** What a service that is not here answers, in a protocol that its client understands. */
final class UnknownService {
  private UnknownService() {}

  static WireReply reply(WireRequest request, String service, String requestId) {
    String text = "aws-simulator does not have the service '" + service + "'";
    String type = String.valueOf(request.header("Content-Type"));
    if (!type.startsWith("application/x-www-form-urlencoded")) {
      AwsError error = new AwsError("UnknownServiceException", 400, text);
      return new WireReply(
          error.status(),
          Map.of(
              "Content-Type",
              "application/x-amz-json-1.0",
              "x-amzn-ErrorType",
              error.code(),
              "x-amzn-RequestId",
              requestId),
          Json.write(Json.object().put("__type", error.code()).put("message", error.text())));
    }
    AwsError error = new AwsError("UnknownService", 400, text);
    Map<String, List<String>> form =
        WireRequest.parseQuery(new String(request.body(), StandardCharsets.UTF_8));
    String version = form.getOrDefault("Version", List.of("")).getFirst();
    byte[] body =
        service.equals("ec2")
            ? ec2(error, requestId)
            : Query.error(
                error,
                Xml.escape("https://" + service + ".amazonaws.com/doc/" + version + "/"),
                requestId);
    return new WireReply(
        error.status(), Map.of("Content-Type", "text/xml", "x-amzn-RequestId", requestId), body);
  }

  /** EC2 speaks a query protocol of its own. */
  private static byte[] ec2(AwsError error, String requestId) {
    return ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Response><Errors><Error><Code>"
            + Xml.escape(error.code())
            + "</Code><Message>"
            + Xml.escape(error.text())
            + "</Message></Error></Errors><RequestID>"
            + requestId
            + "</RequestID></Response>")
        .getBytes(StandardCharsets.UTF_8);
  }
}
