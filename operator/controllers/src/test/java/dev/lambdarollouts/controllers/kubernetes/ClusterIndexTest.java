package dev.lambdarollouts.controllers.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.crds.action.RolloutAction;
import dev.lambdarollouts.crds.rollout.LambdaRollout;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClusterIndexTest {

  private static List<String> stagesOf(String status) {
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
    return ClusterIndex.ofRollouts().get(ClusterIndex.STAGE).apply(rollout);
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
