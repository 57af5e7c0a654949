package dev.lambdarollouts.crds.rollout;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** Why a release was refused. */
public record Cause(
    @JsonPropertyDescription(
            "What kind of thing it was, in one word, like Alarm, Analysis, Hook, Abort,"
                + " ProgressDeadline, Drift or CodeChanged.")
        @Required
        @Size(min = 1)
        String type,
    @JsonPropertyDescription("Which one: the alarm, the metric, the hook.") @Nullable String name,
    @JsonPropertyDescription("What happened, in a sentence.") @Nullable String message) {}
