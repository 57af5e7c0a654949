package dev.lambdarollouts.crds.rollout;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lambdarollouts.crds.common.Condition;
import dev.lambdarollouts.crds.common.ListMap;
import dev.lambdarollouts.crds.common.Status;
import io.fabric8.generator.annotation.Min;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the operator reports on a rollout. */
@JsonClassDescription("Where the rollout is; written by the operator alone.")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record LambdaRolloutStatus(
    @JsonPropertyDescription("The metadata.generation that this status is about.") @Min(0)
        @Nullable Long observedGeneration,
    @JsonPropertyDescription(
            "Healthy: every stage stands on what is wanted. Progressing: something moves. Paused:"
                + " waits for a person or a window. Degraded: a release was refused, or something"
                + " needs you.")
        @Nullable RolloutPhase phase,
    @JsonPropertyDescription(
            "What goes on, in a sentence of at most 512 characters; changes only when a fact does.")
        @Nullable String message,
    @JsonPropertyDescription(
            "The current stage: the first that is not on its desired release, else the last. The"
                + " next six fields are its.")
        @Nullable String stage,
    @JsonPropertyDescription("Entry of the strategy that is under way, and how many there are.")
        @Nullable String step,
    @JsonPropertyDescription("The candidate's share of traffic, like 30%.") @Nullable String weight,
    @JsonPropertyDescription("Version that is promoted, the one to go back to.")
        @Nullable String stableVersion,
    @JsonPropertyDescription("Version that is being tried; absent when there is none.")
        @Nullable String canaryVersion,
    @JsonPropertyDescription("Alias that takes the stage's traffic.") @Nullable String alias,
    @JsonPropertyDescription("AWS region of the stage.") @Nullable String region,
    @JsonPropertyDescription("Each stage on its own.") @ListMap(key = "name")
        List<StageStatus> stages,
    @JsonPropertyDescription(
            "Ready, Reconciling and Stalled as kstatus has them; Promoted: every stage stands on"
                + " the release of the function's current generation.")
        @ListMap(key = "type")
        List<Condition> conditions)
    implements Status {

  /** Absent lists are empty. */
  public LambdaRolloutStatus {
    stages = stages == null ? List.of() : List.copyOf(stages);
    conditions = conditions == null ? List.of() : List.copyOf(conditions);
  }
}
