package dev.lambdarollouts.simulator.door;

import dev.lambdarollouts.simulator.protocol.WireReply;
import dev.lambdarollouts.simulator.protocol.WireRequest;
import org.jspecify.annotations.Nullable;

/** What serves the requests that come in over HTTP. */
@FunctionalInterface
public interface Reception {
  /** The reply, or null when the connection is to be cut instead. */
  @Nullable WireReply serve(WireRequest request);
}
