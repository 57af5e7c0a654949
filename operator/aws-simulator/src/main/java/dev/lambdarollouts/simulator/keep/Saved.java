package dev.lambdarollouts.simulator.keep;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.simulator.protocol.Json;
import java.time.Instant;

/**
 * What a data file holds.
 *
 * @param time simulated time when it was written
 * @param starts how many processes have used the file
 * @param parts the JSON of every part, by its name
 */
public record Saved(Instant time, int starts, ObjectNode parts, Blobs blobs) {

  /** What a file that is not there yet holds. */
  static Saved nothing() {
    return new Saved(Instant.MIN, 0, Json.object(), new Blobs());
  }
}
