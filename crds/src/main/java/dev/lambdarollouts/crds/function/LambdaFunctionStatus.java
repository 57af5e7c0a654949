package dev.lambdarollouts.crds.function;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lambdarollouts.crds.common.Condition;
import dev.lambdarollouts.crds.common.ListMap;
import dev.lambdarollouts.crds.common.Status;
import io.fabric8.generator.annotation.Min;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the operator reports on a function. */
@JsonClassDescription("What the operator last saw; written by it alone.")
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record LambdaFunctionStatus(
    @JsonPropertyDescription("The metadata.generation that this status is about.") @Min(0)
        @Nullable Long observedGeneration,
    @JsonPropertyDescription(
            "Ready: the spec can be used. Promoted: every stage of every rollout that names this"
                + " function stands on this generation's release; after kubectl apply, kubectl wait"
                + " --for=condition=Promoted waits for it.")
        @ListMap(key = "type")
        List<Condition> conditions)
    implements Status {

  /** Absent conditions are none. */
  public LambdaFunctionStatus {
    conditions = conditions == null ? List.of() : List.copyOf(conditions);
  }
}
