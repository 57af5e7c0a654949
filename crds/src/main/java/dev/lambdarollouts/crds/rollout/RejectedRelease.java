package dev.lambdarollouts.crds.rollout;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A release that this stage does not try again before a Retry. */
public record RejectedRelease(
    @JsonPropertyDescription("The release.") @Required @Size(min = 1) String release,
    @JsonPropertyDescription("When it was refused.") @Required Instant at,
    @JsonPropertyDescription("RolledBack, Rejected or Failed.") @Required StagePhase phase,
    @JsonPropertyDescription("Why.") @Nullable Cause cause) {}
