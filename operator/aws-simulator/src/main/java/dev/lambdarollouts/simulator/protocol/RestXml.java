package dev.lambdarollouts.simulator.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.POJONode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;

/** S3's XML: lists are repeated elements without a wrapper. */
public final class RestXml {
  private static final String NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private RestXml() {}

  public static WireReply reply(String root, ObjectNode tree) {
    StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    xml.append('<').append(root).append(" xmlns=\"").append(NAMESPACE).append("\">");
    tree.properties().forEach(entry -> element(xml, entry.getKey(), entry.getValue()));
    xml.append("</").append(root).append('>');
    return new WireReply(
        200,
        Map.of("Content-Type", "application/xml"),
        xml.toString().getBytes(StandardCharsets.UTF_8));
  }

  public static WireReply error(AwsError error, String requestId) {
    StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error>");
    element(xml, "Code", Json.object().textNode(error.queryCode()));
    element(xml, "Message", Json.object().textNode(error.text()));
    error.details().forEach((name, value) -> element(xml, name, Json.object().textNode(value)));
    xml.append("<RequestId>").append(requestId).append("</RequestId></Error>");
    return new WireReply(
        error.status(),
        Map.of("Content-Type", "application/xml", "x-amz-request-id", requestId),
        xml.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static void element(StringBuilder xml, String name, JsonNode value) {
    if (value instanceof ArrayNode array) {
      array.forEach(item -> element(xml, name, item));
      return;
    }
    xml.append('<').append(name).append('>');
    switch (value) {
      case ObjectNode object ->
          object.properties().forEach(entry -> element(xml, entry.getKey(), entry.getValue()));
      case POJONode pojo when pojo.getPojo() instanceof Instant instant ->
          xml.append(TIME.format(instant));
      default -> xml.append(Xml.escape(value.asText()));
    }
    xml.append("</").append(name).append('>');
  }
}
