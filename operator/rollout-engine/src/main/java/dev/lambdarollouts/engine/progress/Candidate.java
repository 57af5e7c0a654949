package dev.lambdarollouts.engine.progress;

import dev.lambdarollouts.engine.fact.ReleaseId;
import dev.lambdarollouts.engine.fact.VersionNumber;
import org.jspecify.annotations.Nullable;

/**
 * The release that an attempt takes through.
 *
 * @param name for people
 * @param version absent until it is published
 * @param codeSha256 of the published version; fixes it for the stages after. Before there is one,
 *     what the stage before ran when the attempt began
 */
public record Candidate(
    ReleaseId release,
    @Nullable String name,
    @Nullable VersionNumber version,
    @Nullable String codeSha256) {}
