package dev.lambdarollouts.crds.strategy;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** Traffic moves in the user's own steps. */
@ValidationRule(
    value =
        "[self.steps.map(s, has(s.setWeight) && (type(s.setWeight) != string ||"
            + " s.setWeight.matches('^[0-9]{1,3}([.][0-9]{1,2})?%$')), type(s.setWeight) == string"
            + " ? double(s.setWeight.replace('%', '')) : double(s.setWeight))].all(w, w.isSorted()"
            + " && w.all(x, w.exists_one(y, y == x)))",
    message = "each setWeight must be greater than the one before: reorder or remove steps",
    fieldPath = ".steps")
public record CanaryTraffic(
    @JsonPropertyDescription(
            "Steps, walked in this order; after the last the candidate gets all traffic.")
        @Required
        @Size(min = 1, max = 50)
        List<CanaryStep> steps) {}
