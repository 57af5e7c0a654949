package dev.lambdarollouts.crds.rollout;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What is waited for. */
public record PauseStatus(
    @JsonPropertyDescription(
            "Why, in one word, like CanaryPauseStep, AlarmAlreadyFiring, ActionPause, Drift or"
                + " NotShiftable.")
        @Required
        @Size(min = 1)
        String reason,
    @JsonPropertyDescription("The phase to go back to.") @Required StagePhase from,
    @JsonPropertyDescription("Since when.") @Required Instant since,
    @JsonPropertyDescription("When the wait ends by itself; absent: never.")
        @Nullable Instant until) {}
