package dev.lambdarollouts.acceptance.argocd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ActionsTest {
  private static final List<String> ALL =
      List.of(
          "abort",
          "approve",
          "pause",
          "promote",
          "promote-fully",
          "reject",
          "resume",
          "retry",
          "roll-back");

  private static JsonNode rollout(String status) {
    return ArgoCd.yaml(
        """
        apiVersion: lambdarollouts.dev/v1alpha1
        kind: LambdaRollout
        metadata:
          name: hello
          namespace: shop
          uid: 5d0e
          labels: {app.kubernetes.io/instance: shop}
        status: %s
        """
            .formatted(status));
  }

  private static JsonNode prod(String entry) {
    return rollout(
        "{stage: prod, stages: [{name: dev, phase: Succeeded, release: 1-aa},"
            + " {name: prod, release: 1-bb, desiredRelease: 1-bb, stableVersion: '7', "
            + entry
            + "}]}");
  }

  private static String lit(JsonNode rollout) {
    Map<String, Boolean> actions = ArgoCd.actions(rollout);
    assertThat(actions).containsOnlyKeys(ALL);
    return actions.entrySet().stream()
        .filter(Map.Entry::getValue)
        .map(Map.Entry::getKey)
        .collect(Collectors.joining(" "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          phase: Pending                                                                       | ''
          phase: Deploying                                                                     | abort pause
          phase: PreTraffic                                                                    | abort pause promote-fully
          phase: AwaitingApproval                                                              | abort approve pause promote-fully reject
          phase: Shifting                                                                      | abort pause promote-fully
          phase: Shifting, nextStepAt: '2026-01-01T00:00:00Z'                                  | abort pause promote promote-fully
          phase: Shifting, nextStepAt: '2026-01-01T00:00:00Z', pause: {reason: Drift}          | abort pause promote-fully resume
          phase: Paused, pause: {reason: CanaryPauseStep}                                      | abort pause promote promote-fully
          phase: Paused, pause: {reason: AlarmAlreadyFiring}                                   | abort pause promote promote-fully
          phase: Paused, pause: {reason: ProgressDeadlineExceeded}                             | abort pause promote promote-fully
          phase: Paused, pause: {reason: ActionPause}                                          | abort promote-fully resume
          phase: Paused, pause: {reason: SpecPaused}                                           | abort pause promote-fully
          phase: Paused, pause: {reason: StageSuspended}                                       | abort pause promote-fully
          phase: Paused, pause: {reason: NotShiftable}                                         | abort pause promote-fully
          phase: PostTraffic                                                                   | abort pause
          phase: Baking, canaryVersion: '8', history: [{outcome: Promoted, version: '7'}]      | abort pause roll-back
          phase: RollingBack                                                                   | ''
          phase: Succeeded, history: [{outcome: Promoted, version: '7'}]                       | ''
          phase: Succeeded, history: [{outcome: Superseded, version: '6'}]                     | ''
          phase: Succeeded, history: [{outcome: Promoted, version: '7'}, {outcome: FastPromoted, version: '6'}] | roll-back
          phase: RolledBack                                                                    | retry
          phase: Rejected                                                                      | retry
          phase: Failed                                                                        | retry
          """)
  void theButtonsOfAPhase(String entry, String lit) {
    assertThat(lit(prod(entry))).isEqualTo(lit);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "{stage: prod}",
        "{stages: []}",
        "{stage: prod, stages: []}",
        "{stages: [{name: prod, phase: Pending}]}"
      })
  void withoutACurrentStageNoButtonIsLitAndAClickSaysWhy(String status) {
    JsonNode rollout = rollout(status);

    assertThat(lit(rollout)).isEmpty();
    assertThat(ALL)
        .allSatisfy(
            action ->
                assertThatThrownBy(() -> ArgoCd.click(action, rollout))
                    .hasMessageMatching(
                        "(?s).*(names no current stage yet|no stage of hello awaits approval).*"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          promote       | phase: Paused, currentStepIndex: 2                          | {action: Promote, stage: prod, release: 1-bb, step: 2}
          promote       | phase: Paused                                               | {action: Promote, stage: prod, release: 1-bb}
          promote-fully | phase: Shifting, currentStepIndex: 2                        | {action: PromoteFully, stage: prod, release: 1-bb}
          abort         | phase: Shifting, currentStepIndex: 2                        | {action: Abort, stage: prod, release: 1-bb}
          pause         | phase: Shifting                                             | {action: Pause, stage: prod, release: 1-bb}
          resume        | phase: Paused, pause: {reason: ActionPause}                 | {action: Resume, stage: prod, release: 1-bb}
          retry         | phase: RolledBack, desiredRelease: 1-cc                     | {action: Retry, stage: prod, release: 1-cc}
          roll-back     | phase: Succeeded                                            | {action: RollBack, stage: prod}
          approve       | phase: AwaitingApproval, currentStepIndex: 0                | {action: Approve, stage: prod, release: 1-bb}
          reject        | phase: AwaitingApproval                                     | {action: Reject, stage: prod, release: 1-bb}
          """)
  void aClickNamesStageReleaseAndStepFromTheStatus(String action, String entry, String asked) {
    JsonNode made = ArgoCd.click(action, prod(entry));

    JsonNode spec = ArgoCd.yaml(asked);
    assertThat(made)
        .isEqualTo(
            ArgoCd.yaml(
                """
                apiVersion: lambdarollouts.dev/v1alpha1
                kind: RolloutAction
                metadata:
                  generateName: hello-
                  namespace: shop
                  ownerReferences: [{apiVersion: lambdarollouts.dev/v1alpha1, kind: LambdaRollout, name: hello, uid: 5d0e}]
                spec:
                  rolloutRef: {name: hello}
                  requestedBy: system:serviceaccount:argocd:argocd-server
                  reason: by a resource action in Argo CD
                """
                    + spec.properties().stream()
                        .map(field -> "  " + field.getKey() + ": " + field.getValue() + "\n")
                        .collect(Collectors.joining())));
  }

  @Test
  void anApprovalNamesTheStageThatAwaitsItAndNotTheCurrentOne() {
    JsonNode rollout =
        rollout(
            "{stage: dev, stages: [{name: dev, phase: Deploying, release: 1-cc},"
                + " {name: prod, phase: AwaitingApproval, release: 1-bb}]}");

    assertThat(ArgoCd.click("approve", rollout).at("/spec/stage").asText()).isEqualTo("prod");
    assertThat(ArgoCd.click("reject", rollout).at("/spec/release").asText()).isEqualTo("1-bb");
    assertThat(ArgoCd.click("abort", rollout).at("/spec/stage").asText()).isEqualTo("dev");
  }

  @Test
  void whereTwoStagesAwaitApprovalNoneIsGuessed() {
    JsonNode rollout =
        rollout(
            "{stage: sit, stages: [{name: sit, phase: AwaitingApproval, release: 1-cc},"
                + " {name: prod, phase: AwaitingApproval, release: 1-bb}]}");

    assertThat(lit(rollout)).doesNotContain("approve", "reject");
    assertThatThrownBy(() -> ArgoCd.click("approve", rollout))
        .hasMessageContaining("sit and prod await approval");
  }
}
