package dev.lambdarollouts.crds.strategy;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lambdarollouts.crds.common.ListMap;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Metrics that are measured while traffic moves. */
public record Analysis(
    @JsonPropertyDescription(
            "The metrics run in the background from this step on, counted from 0; absent: from the"
                + " first shifted request.")
        @Min(0)
        @Max(50)
        @Nullable Integer startingStep,
    @JsonPropertyDescription("What is measured.")
        @Required
        @Size(min = 1, max = 16)
        @ListMap(key = "name")
        List<Metric> metrics) {}
