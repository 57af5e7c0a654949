package dev.lambdarollouts.crds.action;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lambdarollouts.crds.common.Formats;
import dev.lambdarollouts.crds.common.ObjectRef;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** What a person asks for. */
@JsonClassDescription("What is asked for. Cannot be changed: make another RolloutAction.")
@ValidationRule(
    value = "self == oldSelf",
    message = "what was asked for cannot be changed: make another RolloutAction")
@ValidationRule(
    value = "!(self.action in ['Approve', 'Reject']) || has(self.stage)",
    message = "Approve and Reject are for one stage: add stage",
    fieldPath = ".stage",
    reason = "FieldValueRequired")
@ValidationRule(
    value = "!(self.action in ['Approve', 'Reject']) || has(self.release)",
    message =
        "Approve and Reject are for one release: add release, as status.stages[].release or"
            + " desiredRelease shows it",
    fieldPath = ".release",
    reason = "FieldValueRequired")
@ValidationRule(
    value = "!has(self.step) || self.action == 'Promote'",
    message = "only Promote is for a step: remove step",
    fieldPath = ".step",
    reason = "FieldValueForbidden")
@ValidationRule(
    value = "!has(self.toVersion) || self.action == 'RollBack'",
    message = "only RollBack goes to a version: remove toVersion",
    fieldPath = ".toVersion",
    reason = "FieldValueForbidden")
public record RolloutActionSpec(
    @JsonPropertyDescription("The LambdaRollout, in this namespace.") @Required
        ObjectRef rolloutRef,
    @JsonPropertyDescription(
            "Approve, Reject: one person's word on a release before traffic moves. Promote: ends a"
                + " pause. PromoteFully: skips the remaining steps. Pause, Resume: holds and goes"
                + " on. Abort: traffic to stable, release rejected. Retry: tries a rejected release"
                + " again. RollBack: back to an earlier promoted version.")
        @Required
        ActionVerb action,
    @JsonPropertyDescription("The stage; absent, where allowed: the current one.")
        @Size(min = 1, max = 253)
        @Pattern(Formats.OBJECT_NAME)
        @Nullable String stage,
    @JsonPropertyDescription("The release that is meant; Refused when another is there by now.")
        @Size(min = 1, max = Formats.RELEASE_LENGTH)
        @Pattern(Formats.RELEASE)
        @Nullable String release,
    @JsonPropertyDescription(
            "For Promote: currentStepIndex of the stage; Refused when it is no longer there.")
        @Min(0)
        @Max(100000)
        @Nullable Integer step,
    @JsonPropertyDescription(
            "For RollBack: the version to go back to, in quotes; absent: the last promoted one.")
        @Size(min = 1, max = Formats.VERSION_LENGTH)
        @Pattern(Formats.VERSION_NUMBER)
        @Nullable String toVersion,
    @JsonPropertyDescription(
            "Who asks. The shipped ValidatingAdmissionPolicy lets only your own user name pass.")
        @Size(min = 1, max = 512)
        @Nullable String requestedBy,
    @JsonPropertyDescription("Why, for history and events.") @Size(max = 1024)
        @Nullable String reason) {}
