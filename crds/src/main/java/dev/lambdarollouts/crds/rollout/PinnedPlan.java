package dev.lambdarollouts.crds.rollout;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/**
 * What an attempt started with and keeps. The strategy is free-form: it is the engine's normalised
 * form and not a user's, and no older CRD may prune it.
 */
public record PinnedPlan(
    @JsonPropertyDescription("Names the strategy's content.") @Required @Size(min = 1) String hash,
    @JsonPropertyDescription("The normalised strategy: every entry, alarm and policy.") @Required
        ObjectNode strategy) {}
