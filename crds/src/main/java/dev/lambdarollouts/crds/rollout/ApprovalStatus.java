package dev.lambdarollouts.crds.rollout;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.time.Instant;

/** One person's approval of one release. */
public record ApprovalStatus(
    @JsonPropertyDescription("The release.") @Required @Size(min = 1) String release,
    @JsonPropertyDescription("The person.") @Required @Size(min = 1) String by,
    @JsonPropertyDescription("When.") @Required Instant at) {}
