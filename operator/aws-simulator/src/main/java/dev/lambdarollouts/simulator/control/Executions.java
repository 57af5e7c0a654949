package dev.lambdarollouts.simulator.control;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.simulator.lambda.DurableExecutions;
import dev.lambdarollouts.simulator.protocol.Json;
import dev.lambdarollouts.simulator.protocol.WireRequest;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/** Durable executions that somebody asked for, by number, until they are ended. */
final class Executions {
  private final DurableExecutions executions;
  private final NavigableMap<Long, String> running = new TreeMap<>();
  private long count;

  Executions(DurableExecutions executions) {
    this.executions = executions;
  }

  synchronized ObjectNode start(WireRequest request) {
    Order order = Order.read(request, Set.of("function", "name"));
    try {
      String arn = executions.start(order.required("function"), order.text("name"));
      count++;
      running.put(count, arn);
      return show(count, arn);
    } catch (IllegalArgumentException mistake) {
      throw Refusal.badRequest(String.valueOf(mistake.getMessage()));
    }
  }

  synchronized ArrayNode list() {
    ArrayNode list = Json.array();
    running.forEach((number, arn) -> list.add(show(number, arn)));
    return list;
  }

  synchronized ObjectNode end(long number) {
    String arn = running.remove(number);
    if (arn == null) {
      throw Refusal.notFound("There is no durable execution " + number);
    }
    executions.end(arn);
    return show(number, arn);
  }

  private static ObjectNode show(long number, String arn) {
    return Json.object().put("id", number).put("durableExecutionArn", arn);
  }
}
