package dev.lambdarollouts.crds.stage;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lambdarollouts.crds.common.DurationText;
import dev.lambdarollouts.crds.common.Formats;
import dev.lambdarollouts.crds.common.ObjectRef;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** Whose rights the operator uses in AWS for a stage: exactly one way. */
@ValidationRule(
    value = "[has(self.assumeRole), has(self.secretRef)].filter(x, x).size() == 1",
    message =
        "give exactly one of assumeRole and secretRef; without credentials the operator's own are"
            + " used")
public record Credentials(
    @JsonPropertyDescription("A role that the operator assumes.") @Nullable AssumeRole assumeRole,
    @JsonPropertyDescription(
            "A Secret with aws_access_key_id, aws_secret_access_key and, for temporary ones,"
                + " aws_session_token. Read only where the installation allows it.")
        @Nullable ObjectRef secretRef) {

  /** A role to assume. */
  @ValidationRule(
      value =
          "!has(self.sessionDuration) ||"
              + " !self.sessionDuration.matches('"
              + Formats.DURATION
              + "') || (duration(self.sessionDuration) >= duration('15m') &&"
              + " duration(self.sessionDuration) <= duration('12h'))",
      message = "STS takes 15m to 12h, and 1h at most where roles are chained",
      fieldPath = ".sessionDuration")
  public record AssumeRole(
      @JsonPropertyDescription("ARN of the role.")
          @Required
          @Size(max = Formats.ARN_LENGTH)
          @Pattern(Formats.ARN)
          String roleArn,
      @JsonPropertyDescription(
              "ExternalId that the role's trust policy asks for. Where the installation is shared"
                  + " by tenants it is always <installation id>/<namespace>, whatever stands here.")
          @Size(min = 2, max = 1224)
          @Pattern("^[\\w+=,.@:/-]+$")
          @Nullable String externalId,
      @JsonPropertyDescription("Life of a session, 15m to 12h; absent: 1h.") @DurationText
          @Nullable String sessionDuration) {}
}
