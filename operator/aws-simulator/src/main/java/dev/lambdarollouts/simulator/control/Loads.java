package dev.lambdarollouts.simulator.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.simulator.lambda.Traffic;
import dev.lambdarollouts.simulator.protocol.Json;
import dev.lambdarollouts.simulator.protocol.WireRequest;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Traffic that was started over HTTP, by number. */
final class Loads {
  private static final Pattern FUNCTION =
      Pattern.compile(
          "(arn:aws:lambda:[a-z0-9-]+:\\d{12}:function:)?[a-zA-Z0-9-_]+(:[a-zA-Z0-9$_-]+)?");

  private final Traffic traffic;
  private final NavigableMap<Long, Entry> entries = new TreeMap<>();
  private long count;

  Loads(Traffic traffic) {
    this.traffic = traffic;
  }

  private record Entry(String function, double requestsPerSecond, Traffic.Load load) {}

  synchronized ObjectNode start(WireRequest request) {
    Order order = Order.read(request, Set.of("function", "requestsPerSecond", "payload"));
    String function = order.required("function");
    if (!FUNCTION.matcher(function).matches()) {
      throw Refusal.badRequest(
          "function must be an ARN, a name or name:alias, but is '" + function + "'");
    }
    Double rate = order.number("requestsPerSecond");
    if (rate == null || !(rate > 0) || rate > 100_000) {
      throw Refusal.badRequest("requestsPerSecond must be above 0 and at most 100000");
    }
    JsonNode payload = order.node("payload");
    String text = payload == null ? "{}" : payload.toString();
    count++;
    entries.put(count, new Entry(function, rate, traffic.start(function, rate, () -> text)));
    return show(count, entries.get(count));
  }

  synchronized ArrayNode list() {
    ArrayNode list = Json.array();
    entries.forEach((number, entry) -> list.add(show(number, entry)));
    return list;
  }

  /** Stops one, and tells what became of it. */
  synchronized ObjectNode stop(long number) {
    Entry entry = entries.remove(number);
    if (entry == null) {
      throw Refusal.notFound("There is no load " + number);
    }
    entry.load().stop();
    return show(number, entry);
  }

  synchronized void stopAll() {
    entries.values().forEach(entry -> entry.load().stop());
    entries.clear();
  }

  private static ObjectNode show(long number, Entry entry) {
    return Json.object()
        .put("id", number)
        .put("function", entry.function())
        .put("requestsPerSecond", entry.requestsPerSecond())
        .put("succeeded", entry.load().succeeded())
        .put("failed", entry.load().failed())
        .put("refused", entry.load().refused());
  }
}
