package dev.lambdarollouts.crds.rollout;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lambdarollouts.crds.action.ActionVerb;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A RolloutAction that took effect. */
public record ActionRecord(
    @JsonPropertyDescription("The RolloutAction's metadata.uid.") @Required @Size(min = 1)
        String uid,
    @JsonPropertyDescription("What it did.") @Required ActionVerb action,
    @JsonPropertyDescription("Who asked for it.") @Nullable String by,
    @JsonPropertyDescription("When it took effect.") @Required Instant at,
    @JsonPropertyDescription("The attempt that it belongs to.") @Nullable Integer attempt,
    @JsonPropertyDescription("What it did, who asked and why; stands in the attempt's history.")
        @Nullable String note) {}
