package dev.lambdarollouts.crds.strategy;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lambdarollouts.crds.common.Condition;
import dev.lambdarollouts.crds.common.ListMap;
import dev.lambdarollouts.crds.common.Status;
import io.fabric8.generator.annotation.Min;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the operator reports on a strategy. */
@JsonClassDescription("What the operator last saw; written by it alone.")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record RolloutStrategyStatus(
    @JsonPropertyDescription("The metadata.generation that this status is about.") @Min(0)
        @Nullable Long observedGeneration,
    @JsonPropertyDescription(
            "Ready: the strategy can be used by a stage; else the message names the field.")
        @ListMap(key = "type")
        List<Condition> conditions)
    implements Status {

  /** Absent conditions are none. */
  public RolloutStrategyStatus {
    conditions = conditions == null ? List.of() : List.copyOf(conditions);
  }
}
