package dev.lambdarollouts.simulator.control;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.simulator.protocol.Json;
import dev.lambdarollouts.simulator.time.Timeline;
import java.util.function.Supplier;

/** What is there: functions and alarms as their services show them. */
public final class Overview {
  private final Timeline timeline;
  private final Supplier<ArrayNode> functions;
  private final Supplier<ArrayNode> alarms;

  /**
   * An overview of what the services show; they are asked under the timeline's lock.
   *
   * @param functions functions of all accounts and regions, with versions and aliases
   * @param alarms alarms of all accounts and regions
   */
  public Overview(Timeline timeline, Supplier<ArrayNode> functions, Supplier<ArrayNode> alarms) {
    this.timeline = timeline;
    this.functions = functions;
    this.alarms = alarms;
  }

  ObjectNode state() {
    String now = timeline.catchUp().toString();
    return timeline.exclusively(
        () -> {
          ObjectNode state = Json.object().put("now", now);
          state.set("functions", functions.get());
          state.set("alarms", alarms.get());
          return state;
        });
  }
}
