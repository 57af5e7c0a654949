package dev.lambdarollouts.simulator.keep;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A part of the state that outlives the process. */
public interface KeptState {

  /** What the part is called in the file. */
  String part();

  /** The part as plain JSON; called under the timeline's lock. */
  ObjectNode save(Blobs blobs);

  /** Takes up what {@link #save} gave in another process; called before anything is served. */
  void restore(ObjectNode saved, Blobs blobs);
}
