package dev.lambdarollouts.controllers.observe;

import dev.lambdarollouts.engine.fact.ReleaseId;
import dev.lambdarollouts.engine.fact.VersionFact;
import org.jspecify.annotations.Nullable;

/**
 * A function that somebody else configures and publishes.
 *
 * @param release the desired one; absent while it is not known
 * @param version which it is
 * @param isNewest the newest is asked for, not one by its number
 */
public record Elsewhere(@Nullable ReleaseId release, VersionFact version, boolean isNewest) {}
