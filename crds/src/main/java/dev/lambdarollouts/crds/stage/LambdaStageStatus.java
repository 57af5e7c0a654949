package dev.lambdarollouts.crds.stage;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lambdarollouts.crds.common.Condition;
import dev.lambdarollouts.crds.common.ListMap;
import dev.lambdarollouts.crds.common.Status;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the operator reports on a stage. */
@JsonClassDescription("What the operator last saw; written by it alone.")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record LambdaStageStatus(
    @JsonPropertyDescription("The metadata.generation that this status is about.") @Min(0)
        @Nullable Long observedGeneration,
    @JsonPropertyDescription(
            "Ready: the spec can be used, the credentials are of the right account, and AWS takes"
                + " calls with them.")
        @ListMap(key = "type")
        List<Condition> conditions,
    @JsonPropertyDescription("Account of the credentials, as AWS told.") @Nullable String accountId,
    @JsonPropertyDescription("Who the operator is in AWS in this stage, as AWS told.")
        @Nullable String callerArn,
    @JsonPropertyDescription("Rollouts that have a slot in this stage.") @Min(0) @Max(100000)
        @Nullable Integer activeRollouts,
    @JsonPropertyDescription("Whether the promotion windows let traffic move.")
        @Nullable WindowState window)
    implements Status {

  /** Absent conditions are none. */
  public LambdaStageStatus {
    conditions = conditions == null ? List.of() : List.copyOf(conditions);
  }
}
