package dev.lambdarollouts.crds.strategy;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A query to Prometheus. */
public record PrometheusMetric(
    @JsonPropertyDescription(
            "Address of the server, like http://prometheus:9090. Loopback, link-local and metadata"
                + " addresses are refused unless the installation allows them.")
        @Required
        @Size(max = 512)
        @Pattern("^https?://[^\\s]+$")
        String address,
    @JsonPropertyDescription("A PromQL query that gives one value; placeholders allowed.")
        @Required
        @Size(min = 1, max = 4096)
        String query) {}
