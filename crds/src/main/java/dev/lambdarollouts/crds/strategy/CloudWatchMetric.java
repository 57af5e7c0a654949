package dev.lambdarollouts.crds.strategy;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** Queries to CloudWatch in its own terms. */
public record CloudWatchMetric(
    @JsonPropertyDescription(
            "As GetMetricData takes them, in camelCase (id, metricStat, expression, returnData);"
                + " the same placeholders as in alarm names may stand in texts.")
        @Required
        @Size(min = 1, max = 16)
        List<ObjectNode> metricDataQueries) {}
