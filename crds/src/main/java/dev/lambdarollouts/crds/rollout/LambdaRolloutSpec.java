package dev.lambdarollouts.crds.rollout;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lambdarollouts.crds.common.ObjectRef;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a user says of a rollout. */
@JsonClassDescription("Which function goes through which stages, and how.")
@ValidationRule(
    value = "self.functionRef.name == oldSelf.functionRef.name",
    message = "a rollout stays with its function: make another LambdaRollout",
    fieldPath = ".functionRef")
@ValidationRule(
    value = "self.stages.all(s, self.stages.exists_one(t, t.stageRef.name == s.stageRef.name))",
    message = "a stage stands here twice: remove one",
    fieldPath = ".stages")
public record LambdaRolloutSpec(
    @JsonPropertyDescription("The LambdaFunction that is rolled out. Cannot be changed.") @Required
        ObjectRef functionRef,
    @JsonPropertyDescription(
            "Stages, walked in this order; a release enters one when the stage before stands on it"
                + " and has soaked. At most 20.")
        @Required
        @Size(min = 1, max = 20)
        List<RolloutStage> stages,
    @JsonPropertyDescription(
            "Holds every stage where it is, rollback excepted; takes effect at once.")
        @Default("false")
        Boolean paused,
    @JsonPropertyDescription(
            "Published versions that are kept per stage, beyond stable, candidate and the rollback"
                + " window.")
        @Default("10")
        @Min(0)
        @Max(100)
        Integer revisionHistoryLimit,
    @JsonPropertyDescription(
            "Going back to a recently promoted release skips steps and soak; alarms, order,"
                + " approvals and windows still count.")
        @Nullable RollbackWindow rollbackWindow) {

  /** Applies the schema's defaults, which an object that never met an API server lacks. */
  public LambdaRolloutSpec {
    paused = Objects.requireNonNullElse(paused, false);
    revisionHistoryLimit = Objects.requireNonNullElse(revisionHistoryLimit, 10);
  }

  /** How far back the short way goes. */
  public record RollbackWindow(
      @JsonPropertyDescription("How many promoted releases back.") @Required @Min(1) @Max(100)
          Integer revisions) {}
}
