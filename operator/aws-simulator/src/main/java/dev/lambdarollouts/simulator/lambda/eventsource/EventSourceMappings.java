package dev.lambdarollouts.simulator.lambda.eventsource;

import dev.lambdarollouts.simulator.lambda.function.Functions;
import dev.lambdarollouts.simulator.service.Location;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * All event source mappings, which stand by themselves: one whose function is deleted stays.
 * Guarded by the timeline's lock.
 */
public final class EventSourceMappings {
  private final Functions functions;
  private final Map<Location, Map<String, EventSourceMapping>> byLocation = new HashMap<>();

  public EventSourceMappings(Functions functions) {
    this.functions = functions;
  }

  /** In the order in which they were created. */
  Collection<EventSourceMapping> in(Location location) {
    return at(location).values();
  }

  /**
   * The mapping of that id, if there is one.
   *
   * @param uuid the last segment of its ARN
   */
  public @Nullable EventSourceMapping find(Location location, String uuid) {
    return at(location).get(uuid);
  }

  void add(Location location, EventSourceMapping mapping) {
    at(location).put(mapping.uuid(), mapping);
  }

  void forEach(BiConsumer<Location, EventSourceMapping> action) {
    byLocation.forEach(
        (location, all) -> all.values().forEach(mapping -> action.accept(location, mapping)));
  }

  void settleLater(EventSourceMapping mapping, Instant now) {
    functions.later(now.plus(functions.times().eventSource()), mapping::settle);
  }

  void removeLater(Location location, EventSourceMapping mapping, Instant now) {
    functions.later(
        now.plus(functions.times().eventSource()), at -> at(location).remove(mapping.uuid()));
  }

  private Map<String, EventSourceMapping> at(Location location) {
    return byLocation.computeIfAbsent(location, key -> new LinkedHashMap<>());
  }
}
