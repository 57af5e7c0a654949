package dev.lambdarollouts.controllers.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.crds.action.RolloutAction;
import dev.lambdarollouts.crds.rollout.LambdaRollout;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClusterIndexTest {

  private static List<String> stagesOf(String status) {
    return keysOf(ClusterIndex.STAGE, status);
  }

  private static List<String> invalidIn(String status) {
    return keysOf(ClusterIndex.INVALID, status);
  }

  private static List<String> keysOf(String index, String status) {
    LambdaRollout rollout =
        Serialization.unmarshal(
            """
            apiVersion: lambdarollouts.dev/v1alpha1
            kind: LambdaRollout
            metadata: {name: hello, namespace: shop}
            spec: {functionRef: {name: hello}, stages: [{stageRef: {name: dev}, strategy: {preset: LambdaAllAtOnce}}]}
            status: %s
            """
                .formatted(status),
            LambdaRollout.class);
    return ClusterIndex.ofRollouts().get(index).apply(rollout);
  }

  @Test
  void aStageThatOnlyTheStatusNamesIsStillNamed() {
    assertThat(stagesOf("{stages: [{name: prod, phase: Shifting}]}"))
        .containsExactly("shop/dev", "shop/prod");
  }

  @Test
  void aStatusThatCannotBeReadStillNamesItsStages() {
    assertThat(stagesOf("{stages: [{name: prod, phase: FromNextYear}, {name: sit, phase: 7}]}"))
        .containsExactly("shop/dev", "shop/prod", "shop/sit");
  }

  @Test
  void aRolloutThatIsHeldByASpecIsFoundForWhateverIsMendedInItsNamespace() {
    String stalled =
        "{observedGeneration: 1, phase: Degraded, conditions: [{type: Stalled, status: \"True\","
            + " reason: %s, message: wrong, observedGeneration: 1,"
            + " lastTransitionTime: \"2026-11-23T10:00:00Z\"}]}";
    assertThat(invalidIn(stalled.formatted("InvalidSpec"))).containsExactly("shop");
    assertThat(invalidIn(stalled.formatted("OwnedByAnother"))).isEmpty();
  }

  @Test
  void anActionThatCannotBeReadStillNamesItsRollout() {
    RolloutAction action =
        Serialization.unmarshal(
            """
            apiVersion: lambdarollouts.dev/v1alpha1
            kind: RolloutAction
            metadata: {name: hello-1, namespace: shop}
            spec: {rolloutRef: {name: hello}, action: FromNextYear}
            """,
            RolloutAction.class);
    assertThat(ClusterIndex.ofActions().get(ClusterIndex.ROLLOUT).apply(action))
        .containsExactly("shop/hello");
  }
}
