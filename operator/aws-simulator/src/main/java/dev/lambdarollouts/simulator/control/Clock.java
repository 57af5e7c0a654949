package dev.lambdarollouts.simulator.control;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.simulator.protocol.Json;
import dev.lambdarollouts.simulator.protocol.WireRequest;
import dev.lambdarollouts.simulator.time.MovableTime;
import dev.lambdarollouts.simulator.time.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.Set;

/** Tells simulated time and moves it ahead, where the source of time can be moved. */
final class Clock {
  private static final Duration FURTHEST = Duration.ofDays(31);

  private final InstantSource source;
  private final Timeline timeline;

  Clock(InstantSource source, Timeline timeline) {
    this.source = source;
    this.timeline = timeline;
  }

  ObjectNode show() {
    ObjectNode tree = Json.object().put("now", timeline.catchUp().toString());
    tree.put("movable", source instanceof MovableTime);
    return tree;
  }

  /** Moves it; everything that becomes due by that happens before this returns. */
  ObjectNode move(WireRequest request) {
    Order order = Order.read(request, Set.of("advanceSeconds", "set"));
    if (!(source instanceof MovableTime movable)) {
      throw Refusal.conflict(
          "The time of this simulator belongs to the process that started it ("
              + source.getClass().getSimpleName()
              + "): it cannot be moved through this API. Move it there, or start the simulator"
              + " with a MovableTime.");
    }
    Duration step = order.seconds("advanceSeconds");
    String target = order.text("set");
    if ((step == null) == (target == null)) {
      throw Refusal.badRequest("Exactly one of advanceSeconds and set is needed");
    }
    movable.advance(step == null ? until(String.valueOf(target)) : step);
    return show();
  }

  private Duration until(String target) {
    Instant instant;
    try {
      instant = Instant.parse(target);
    } catch (DateTimeParseException e) {
      throw Refusal.badRequest(
          "set must be a time such as 2026-01-05T10:00:00Z, but is '" + target + "'");
    }
    Instant now = timeline.catchUp();
    Duration step = Duration.between(now, instant);
    if (step.isNegative()) {
      throw Refusal.badRequest("Time never goes back here: it is " + now + " already");
    }
    if (step.compareTo(FURTHEST) > 0) {
      throw Refusal.badRequest("set may be at most 31 days ahead of now, which is " + now);
    }
    return step;
  }
}
