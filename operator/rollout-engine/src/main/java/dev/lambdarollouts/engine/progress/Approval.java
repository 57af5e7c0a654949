package dev.lambdarollouts.engine.progress;

import dev.lambdarollouts.engine.fact.ReleaseId;
import java.time.Instant;

/** One person's agreement to one release; it ends when the stage leaves the release. */
public record Approval(ReleaseId release, String by, Instant at) {}
