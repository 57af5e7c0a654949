package dev.lambdarollouts.engine.progress;

import dev.lambdarollouts.engine.fact.ReleaseId;
import java.time.Instant;

/**
 * A release that this stage does not try again until a Retry.
 *
 * @param phase RolledBack, Rejected or Failed
 */
public record Rejection(ReleaseId release, Instant at, StagePhase phase, Cause cause) {}
