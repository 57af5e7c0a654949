package dev.lambdarollouts.crds.strategy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lambdarollouts.crds.common.DurationText;
import dev.lambdarollouts.crds.common.Formats;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** The new version is tested behind an alias of its own, then takes all traffic at once. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BlueGreen(
    @JsonPropertyDescription(
            "Alias under which the new version can be called before it takes traffic; absent:"
                + " preview.")
        @Size(min = 1, max = 128)
        @Pattern(Formats.ALIAS)
        @Nullable String previewAlias,
    @JsonPropertyDescription(
            "Whether the switch needs nobody; absent: true. false waits for Promote.")
        @Nullable Boolean autoPromotionEnabled,
    @JsonPropertyDescription("Seconds for which the preview is kept before the switch; absent: 0.")
        @Min(0)
        @Max(604800)
        @Nullable Integer autoPromotionSeconds,
    @JsonPropertyDescription(
            "For how long the old version stays one call away after the switch, alarms watched: its"
                + " bake time. 0s: not at all.")
        @DurationText(zero = true)
        @Nullable String keepOldFor) {}
