package dev.lambdarollouts.engine.fact;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Who must agree before traffic moves in a stage, as its spec says now.
 *
 * @param needed how many different people; 0: nobody
 * @param timeout from when every other gate is open; the release is then rejected; absent: never
 */
public record ApprovalPolicy(int needed, @Nullable Duration timeout) {
  /** Nobody has to agree. */
  public static final ApprovalPolicy NONE = new ApprovalPolicy(0, null);
}
