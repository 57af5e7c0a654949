package dev.lambdarollouts.crds.function;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lambdarollouts.crds.common.Formats;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** A statement of the alias' resource policy, as AddPermission of the Lambda API. */
public record Permission(
    @JsonPropertyDescription(
            "Service (s3.amazonaws.com), account number or ARN of a role that may invoke.")
        @Required
        @Size(min = 1, max = 512)
        @Pattern("^[^\\s]+$")
        String principal,
    @JsonPropertyDescription("What it may do; absent: lambda:InvokeFunction.")
        @Size(max = 256)
        @Pattern("^lambda:[a-zA-Z*]+$")
        @Nullable String action,
    @JsonPropertyDescription("ARN of the bucket, topic or rule that invokes; placeholders allowed.")
        @Size(max = Formats.ARN_LENGTH)
        @Pattern(Formats.ARN)
        @Nullable String sourceArn,
    @JsonPropertyDescription(
            "Account that owns the source: without it a bucket of the same name in another account"
                + " could invoke. {accountId} may stand here.")
        @Size(max = 12)
        @Pattern("^([0-9]{12}|\\{accountId\\})$")
        @Nullable String sourceAccount,
    @JsonPropertyDescription("AWS Organization whose accounts may all invoke.")
        @Size(max = 34)
        @Pattern("^o-[a-z0-9]{10,32}$")
        @Nullable String principalOrgID,
    @JsonPropertyDescription("For lambda:InvokeFunctionUrl: how callers of the URL are checked.")
        @Nullable UrlAuthType functionUrlAuthType,
    @JsonPropertyDescription("For Alexa Smart Home: the skill's id.")
        @Size(max = 256)
        @Pattern("^[a-zA-Z0-9._\\-]+$")
        @Nullable String eventSourceToken) {}
