package dev.lambdarollouts.engine.progress;

import dev.lambdarollouts.engine.fact.ReleaseId;
import dev.lambdarollouts.engine.fact.VersionNumber;
import org.jspecify.annotations.Nullable;

/**
 * The version that a rollback goes to.
 *
 * @param release absent when this version was never promoted (a first release that failed under
 *     traffic)
 */
public record Stable(VersionNumber version, @Nullable ReleaseId release) {}
