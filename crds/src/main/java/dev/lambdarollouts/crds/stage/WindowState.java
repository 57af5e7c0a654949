package dev.lambdarollouts.crds.stage;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What all promotion windows of a stage together say now. */
public record WindowState(
    @JsonPropertyDescription("Whether traffic may move.") @Required Boolean open,
    @JsonPropertyDescription("When that changes next; absent: never.")
        @Nullable Instant nextChange) {}
