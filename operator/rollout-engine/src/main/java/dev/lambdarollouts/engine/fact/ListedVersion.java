package dev.lambdarollouts.engine.fact;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A version of the function in a listing of all of them.
 *
 * @param marked its Description is a release, as this operator writes it
 * @param mayBeExecuting durable executions of it run, or it is not known that none does
 * @param unnamedSince since when every listing found no alias, of anybody, that names it; absent
 *     while one does
 */
public record ListedVersion(
    VersionNumber number, boolean marked, boolean mayBeExecuting, @Nullable Instant unnamedSince) {}
