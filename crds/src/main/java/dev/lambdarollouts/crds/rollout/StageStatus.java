package dev.lambdarollouts.crds.rollout;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lambdarollouts.crds.common.ListMap;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One stage: what is recorded here and cannot be seen in AWS afterwards, and what people look for.
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record StageStatus(
    @JsonPropertyDescription("Name of the LambdaStage.") @Required @Size(min = 1) String name,
    @JsonPropertyDescription("Where the stage is.") @Required StagePhase phase,
    @JsonPropertyDescription("Counts the tries of releases in this stage, from 1.") @Min(0)
        @Nullable Integer attempt,
    @JsonPropertyDescription("The release that is wanted here.") @Nullable String desiredRelease,
    @JsonPropertyDescription("The release that is being tried, or was last.")
        @Nullable String release,
    @JsonPropertyDescription("The user's name for it.") @Nullable String releaseName,
    @JsonPropertyDescription("The release that is promoted.") @Nullable String stableRelease,
    @JsonPropertyDescription("The version that is promoted, the one to go back to.")
        @Nullable String stableVersion,
    @JsonPropertyDescription("The version that is being tried.") @Nullable String canaryVersion,
    @JsonPropertyDescription("CodeSha256 of the candidate, as AWS told.")
        @Nullable String codeSha256,
    @JsonPropertyDescription("ARN of the function.") @Nullable String functionArn,
    @JsonPropertyDescription("ARN of the alias; callers use it.") @Nullable String aliasArn,
    @JsonPropertyDescription("The candidate's share of traffic as last confirmed, like 30%.")
        @Nullable String weight,
    @JsonPropertyDescription("Entry of the plan that is under way, counted from 0.")
        @Min(0)
        @Max(100000)
        @Nullable Integer currentStepIndex,
    @JsonPropertyDescription(
            "The whole strategy that this attempt started with, and keeps; absent at rest.")
        @Nullable PinnedPlan plan,
    @JsonPropertyDescription("When what stands now was confirmed in AWS.")
        @Nullable Instant stepStartedAt,
    @JsonPropertyDescription("When the timer that runs ends.") @Nullable Instant nextStepAt,
    @JsonPropertyDescription("When the attempt started.") @Nullable Instant startedAt,
    @JsonPropertyDescription(
            "From here progressDeadline counts; renewed at each phase or entry, and when a wait"
                + " that does not count ends.")
        @Nullable Instant progressSince,
    @JsonPropertyDescription(
            "Since when every gate but approval is open; renewed when another closes.")
        @Nullable Instant gatesOpenSince,
    @JsonPropertyDescription("What is waited for, and since when.") @Nullable PauseStatus pause,
    @JsonPropertyDescription("Watched alarms, as last seen; written when one changes.")
        @ListMap(key = "name")
        List<AlarmStatus> alarms,
    @JsonPropertyDescription("Who approved which release.") List<ApprovalStatus> approvals,
    @JsonPropertyDescription(
            "RolloutActions that took effect, kept while they exist so that none does twice.")
        @ListMap(key = "uid")
        List<ActionRecord> actions,
    @JsonPropertyDescription(
            "Names what is applied here of that which is not in the release: triggers, alarms, tags"
                + " and the like.")
        @Nullable String sideHash,
    @JsonPropertyDescription("Metrics, as last measured.") @ListMap(key = "name")
        List<AnalysisStatus> analysis,
    @JsonPropertyDescription("Hooks of this attempt.") @ListMap(key = "name")
        List<HookStatus> hooks,
    @JsonPropertyDescription(
            "Releases that are not tried again before a Retry; newest first, at most 10, never"
                + " without the desired one.")
        List<RejectedRelease> rejectedReleases,
    @JsonPropertyDescription(
            "How attempts ended; newest first, 10 of them and the rollback window's.")
        List<HistoryEntry> history) {

  /** Absent lists are empty. */
  public StageStatus {
    alarms = alarms == null ? List.of() : List.copyOf(alarms);
    approvals = approvals == null ? List.of() : List.copyOf(approvals);
    actions = actions == null ? List.of() : List.copyOf(actions);
    analysis = analysis == null ? List.of() : List.copyOf(analysis);
    hooks = hooks == null ? List.of() : List.copyOf(hooks);
    rejectedReleases = rejectedReleases == null ? List.of() : List.copyOf(rejectedReleases);
    history = history == null ? List.of() : List.copyOf(history);
  }
}
