package dev.lambdarollouts.crds.strategy;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lambdarollouts.crds.common.DurationText;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;

/** The same share more after each interval. */
public record LinearTraffic(
    @JsonPropertyDescription("Percent at once, and again after each interval, up to 100.")
        @Required
        @Min(1)
        @Max(100)
        Integer percentage,
    @JsonPropertyDescription("Time between two shares.") @Required @DurationText String interval) {}
