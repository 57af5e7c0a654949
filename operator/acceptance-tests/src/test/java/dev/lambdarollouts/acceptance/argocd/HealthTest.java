package dev.lambdarollouts.acceptance.argocd;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HealthTest {
  private static String health(String kind, String status) {
    return ArgoCd.health(
            ArgoCd.yaml(
                "{apiVersion: lambdarollouts.dev/v1alpha1, kind: %s, metadata: {name: hello, generation: 3}%s}"
                    .formatted(kind, status.isEmpty() ? "" : ", status: " + status)))
        .status();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                                                          | Progressing
          {}                                                          | Progressing
          {observedGeneration: 3}                                     | Progressing
          {phase: Healthy}                                            | Progressing
          {phase: Healthy, observedGeneration: 2}                     | Progressing
          {phase: Degraded, observedGeneration: 2}                    | Progressing
          {phase: Healthy, observedGeneration: 3}                     | Healthy
          {phase: Progressing, observedGeneration: 3}                 | Progressing
          {phase: Paused, observedGeneration: 3}                      | Suspended
          {phase: Degraded, observedGeneration: 3, stages: []}        | Degraded
          {phase: OfNextYear, observedGeneration: 3, conditions: []}  | Unknown
          """)
  void ofARollout(String status, String health) {
    assertThat(health("LambdaRollout", status)).isEqualTo(health);
  }

  @Test
  void theMessageOfARolloutIsShown() {
    assertThat(
            ArgoCd.health(
                ArgoCd.yaml(
                    """
                    apiVersion: lambdarollouts.dev/v1alpha1
                    kind: LambdaRollout
                    metadata: {generation: 1}
                    status: {observedGeneration: 1, phase: Paused, message: "prod: waits for approval"}
                    """)))
        .isEqualTo(new ArgoCd.Health("Suspended", "prod: waits for approval"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                                                                                                      | Progressing
          {}                                                                                                      | Progressing
          {observedGeneration: 3, conditions: []}                                                                 | Progressing
          {conditions: [{type: Promoted, status: 'True', observedGeneration: 3}]}                                 | Progressing
          {observedGeneration: 3, conditions: [{type: Ready, status: 'True'}]}                                    | Progressing
          {conditions: [{type: Ready, status: 'True', observedGeneration: 2}]}                                    | Progressing
          {conditions: [{type: Ready, status: 'False', observedGeneration: 2}]}                                   | Progressing
          {conditions: [{type: Promoted, status: 'False', observedGeneration: 3}, {type: Ready, status: 'True', observedGeneration: 3}]} | Healthy
          {conditions: [{type: Ready, status: 'False', reason: InvalidSpec, observedGeneration: 3}]}              | Degraded
          {conditions: [{type: Ready, status: 'False', reason: Terminating, observedGeneration: 3}]}              | Progressing
          {conditions: [{type: Ready, status: Unknown, observedGeneration: 3}]}                                   | Progressing
          """)
  void ofWhatIsReadyOrNot(String status, String health) {
    assertThat(health("LambdaFunction", status)).isEqualTo(health);
    assertThat(health("LambdaStage", status)).isEqualTo(health);
    assertThat(health("RolloutStrategy", status)).isEqualTo(health);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                  | Progressing
          {}                  | Progressing
          {phase: Applied}    | Healthy
          {phase: Refused}    | Degraded
          {phase: OfNextYear} | Unknown
          """)
  void ofAnAction(String status, String health) {
    assertThat(health("RolloutAction", status)).isEqualTo(health);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                                                                                                            | Progressing
          status: {}                                                                                                    | Progressing
          status: {health: {}}                                                                                          | Progressing
          status: {health: {status: Healthy}}                                                                           | Progressing
          status: {health: {status: Healthy}, sync: {status: OutOfSync, comparedTo: {source: {path: a, targetRevision: v1}}}} | Progressing
          status: {health: {status: Healthy}, sync: {status: Synced, comparedTo: {source: {path: a, targetRevision: v0}}}}    | Progressing
          status: {health: {status: Healthy}, sync: {status: Synced, comparedTo: {source: {path: a, targetRevision: v1}}}}    | Healthy
          status: {health: {status: Suspended}, sync: {status: Synced, comparedTo: {source: {path: a, targetRevision: v1}}}}  | Suspended
          status: {health: {status: Degraded}, sync: {status: Synced, comparedTo: {source: {path: a, targetRevision: v1}}}}   | Degraded
          status: {health: {status: Healthy}, operationState: {phase: Running}, sync: {status: Synced, comparedTo: {source: {path: a, targetRevision: v1}}}} | Progressing
          status: {health: {status: Healthy}, operationState: {phase: Failed}, sync: {status: OutOfSync, comparedTo: {source: {path: a, targetRevision: v1}}}} | Degraded
          """)
  void ofAnApplication(String status, String health) {
    assertThat(
            ArgoCd.health(
                    ArgoCd.yaml(
                        "apiVersion: argoproj.io/v1alpha1\nkind: Application\n"
                            + "spec: {source: {path: a, targetRevision: v1}}\n"
                            + status))
                .status())
        .isEqualTo(health);
  }

  @ParameterizedTest
  @ValueSource(strings = {"string.format('x')", "('x'):upper()", "os.time()", "math.floor(1)"})
  void whatArgoCdDoesNotGiveIsNotThereInTheTestEither(String lua) {
    assertThat(ArgoCd.fails("return {status = " + lua + "}")).isTrue();
  }
}
