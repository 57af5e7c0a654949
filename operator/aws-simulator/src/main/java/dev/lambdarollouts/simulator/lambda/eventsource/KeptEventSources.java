package dev.lambdarollouts.simulator.lambda.eventsource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.simulator.keep.Blobs;
import dev.lambdarollouts.simulator.keep.KeptState;
import dev.lambdarollouts.simulator.protocol.Json;
import dev.lambdarollouts.simulator.service.Location;

/**
 * Event source mappings in the data file. A change that was under way is done after the restart.
 */
public final class KeptEventSources implements KeptState {
  private final EventSourceMappings mappings;

  public KeptEventSources(EventSourceMappings mappings) {
    this.mappings = mappings;
  }

  @Override
  public String part() {
    return "eventSources";
  }

  @Override
  public ObjectNode save(Blobs blobs) {
    ObjectNode tree = Json.object();
    ArrayNode list = tree.putArray("mappings");
    mappings.forEach((location, mapping) -> list.add(location.save(mapping.save())));
    return tree;
  }

  @Override
  public void restore(ObjectNode saved, Blobs blobs) {
    for (JsonNode tree : saved.path("mappings")) {
      Location location = Location.of(tree);
      EventSourceMapping mapping = EventSourceMapping.restore(tree);
      if (!mapping.isDeleting()) {
        mapping.settle(mapping.lastModified());
        mappings.add(location, mapping);
      }
    }
  }
}
