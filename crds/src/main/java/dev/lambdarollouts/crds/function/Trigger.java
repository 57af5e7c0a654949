package dev.lambdarollouts.crds.function;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** One thing that may invoke a function: exactly one member is given. */
@ValidationRule(
    value =
        "[has(self.eventSourceMapping), has(self.permission), has(self.functionUrl)].filter(x,"
            + " x).size() == 1",
    message = "give exactly one of eventSourceMapping, permission and functionUrl")
public record Trigger(
    @JsonPropertyDescription("Lambda reads from a queue, a stream or a topic.")
        @Nullable EventSourceMapping eventSourceMapping,
    @JsonPropertyDescription(
            "An AWS service or account may invoke, like S3, SNS, EventBridge or API Gateway.")
        @Nullable Permission permission,
    @JsonPropertyDescription("A URL of the alias.") @Nullable FunctionUrl functionUrl) {}
