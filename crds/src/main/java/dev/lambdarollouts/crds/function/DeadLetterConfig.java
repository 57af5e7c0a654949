package dev.lambdarollouts.crds.function;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lambdarollouts.crds.common.Formats;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** Where asynchronous events go that could not be processed. */
public record DeadLetterConfig(
    @JsonPropertyDescription("ARN of an SQS queue or an SNS topic; placeholders allowed.")
        @Required
        @Size(max = Formats.ARN_LENGTH)
        @Pattern(Formats.ARN)
        String targetArn) {}
