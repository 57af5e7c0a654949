package dev.lambdarollouts.simulator.lambda;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.lambdarollouts.simulator.protocol.Json;
import dev.lambdarollouts.simulator.protocol.WireRequest;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a request to Lambda is about, in one form however the request says it: {@code name} or
 * {@code name:qualifier} of a function, {@code name:alias} of an alias, the UUID of an event source
 * mapping; empty when it is about none. Nothing is checked here: what has another form stays as it
 * is.
 */
final class Concern {
  /** They name the function in their bodies. */
  private static final Set<String> IN_BODY = Set.of("CreateFunction", "CreateEventSourceMapping");

  private static final Pattern FUNCTION =
      Pattern.compile(
          "(?:arn:[^:]*:lambda:)?(?:[a-z]+(?:-[a-z]+)+-\\d:)?(?:\\d{12}:)?(?:function:)?"
              + "([a-zA-Z0-9-_.]+)(?::([a-zA-Z0-9-_$.]+))?");
  private static final Pattern MAPPING =
      Pattern.compile("arn:[^:]*:lambda:[^:]*:\\d{12}:event-source-mapping:(.+)");

  private Concern() {}

  /**
   * What a request is about.
   *
   * @param parameters those of its path
   */
  static String of(String operation, WireRequest request, Map<String, String> parameters) {
    String alias = parameters.get("Name");
    String qualifier = alias == null ? request.queryValue("Qualifier") : alias;
    for (String parameter : new String[] {"FunctionName", "Resource"}) {
      String given = parameters.get(parameter);
      if (given != null) {
        return named(given, qualifier);
      }
    }
    String uuid = parameters.get("UUID");
    if (uuid != null) {
      return uuid;
    }
    String inBody = IN_BODY.contains(operation) ? functionName(request.body()) : null;
    String asked = inBody == null ? request.queryValue("FunctionName") : inBody;
    return asked == null ? "" : named(asked, qualifier);
  }

  private static String named(String given, @Nullable String qualifier) {
    Matcher mapping = MAPPING.matcher(given);
    if (mapping.matches()) {
      return mapping.group(1);
    }
    Matcher function = FUNCTION.matcher(given);
    if (!function.matches()) {
      return given;
    }
    String inner = function.group(2) == null ? qualifier : function.group(2);
    return inner == null ? function.group(1) : function.group(1) + ":" + inner;
  }

  /** Reads one member, since the body may carry a package of 70 MB. */
  private static @Nullable String functionName(byte[] body) {
    try (JsonParser json = Json.MAPPER.createParser(body)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return null;
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        boolean found = json.currentName().equals("FunctionName");
        json.nextToken();
        if (found) {
          return json.getValueAsString();
        }
        json.skipChildren();
      }
      return null;
    } catch (IOException notJson) {
      return null;
    }
  }
}
