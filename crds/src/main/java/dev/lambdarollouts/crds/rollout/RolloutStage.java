package dev.lambdarollouts.crds.rollout;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lambdarollouts.crds.common.DurationText;
import dev.lambdarollouts.crds.common.ObjectRef;
import dev.lambdarollouts.crds.function.FunctionOverrides;
import dev.lambdarollouts.crds.strategy.RolloutStrategySpec;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** One stage of a rollout, and how traffic moves there. */
@ValidationRule(
    value = "[has(self.strategy), has(self.strategyRef)].filter(x, x).size() == 1",
    message = "give exactly one of strategy (inline) and strategyRef")
public record RolloutStage(
    @JsonPropertyDescription("The LambdaStage.") @Required ObjectRef stageRef,
    @JsonPropertyDescription("How traffic moves, inline; the fields of a RolloutStrategy's spec.")
        @Nullable RolloutStrategySpec strategy,
    @JsonPropertyDescription("How traffic moves: a RolloutStrategy.")
        @Nullable ObjectRef strategyRef,
    @JsonPropertyDescription(
            "How long the stage before must have stood on a release before it comes here.")
        @DurationText(zero = true)
        @Nullable String requiredSoakTime,
    @JsonPropertyDescription(
            "What differs here from the LambdaFunction; wins over the LambdaStage's overrides.")
        @Nullable FunctionOverrides overrides) {}
