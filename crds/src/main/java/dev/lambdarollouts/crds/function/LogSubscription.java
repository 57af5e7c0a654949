package dev.lambdarollouts.crds.function;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lambdarollouts.crds.common.Formats;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Sends a function's logs on; as PutSubscriptionFilter of CloudWatch Logs. */
public record LogSubscription(
    @JsonPropertyDescription(
            "ARN of the Kinesis stream, Firehose stream or Lambda function; placeholders allowed.")
        @Required
        @Size(max = Formats.ARN_LENGTH)
        @Pattern(Formats.ARN)
        String destinationArn,
    @JsonPropertyDescription("Which records are sent; empty: all.")
        @Default("\"\"")
        @Size(max = 1024)
        String filterPattern,
    @JsonPropertyDescription(
            "Role that CloudWatch Logs takes to deliver; needed by Kinesis and Firehose.")
        @Size(max = Formats.ARN_LENGTH)
        @Pattern(Formats.ARN)
        @Nullable String roleArn) {

  /** Applies the schema's default. */
  public LogSubscription {
    filterPattern = Objects.requireNonNullElse(filterPattern, "");
  }
}
