package dev.lambdarollouts.controllers.translate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a rollout refers to, and is not there, is going away, or may not be read. */
class MissingReferenceTest {

  @ParameterizedTest
  @ValueSource(strings = {"LambdaFunction", "RolloutStrategy", "LambdaStage"})
  void what_is_being_deleted_counts_as_missing_and_the_place_stays_known(String kind) {
    StageWanted.Missing missing = Situation.zip().deleting(kind).missing();

    assertThat(missing.message()).contains(kind).contains("is being deleted");
    assertThat(missing.place()).isNotNull();
  }

  @Test
  void an_object_that_is_not_there_is_named_with_who_names_it() {
    Situation all = Situation.zip();

    assertThat(
            StageTranslation.translate(
                all.rollout(), 0, null, all.stage(), all.strategy(), all.configs()))
        .isInstanceOfSatisfying(
            StageWanted.Missing.class,
            missing -> {
              assertThat(missing.message())
                  .isEqualTo(
                      "LambdaFunction hello does not exist, and LambdaRollout roll:"
                          + " spec.functionRef names it: apply it");
              assertThat(missing.place()).isNotNull();
            });
    assertThat(
            StageTranslation.translate(
                all.rollout(), 0, all.function(), null, all.strategy(), all.configs()))
        .isEqualTo(
            new StageWanted.Missing(
                null,
                "LambdaStage prod does not exist, and LambdaRollout roll: spec.stages[0].stageRef"
                    + " names it: apply it"));
    assertThat(
            StageTranslation.translate(
                all.rollout(), 0, all.function(), all.stage(), null, all.configs()))
        .isInstanceOfSatisfying(
            StageWanted.Missing.class,
            missing ->
                assertThat(missing.message())
                    .startsWith("RolloutStrategy careful does not exist")
                    .contains("LambdaRollout roll: spec.stages[0].strategyRef"));
  }

  @Test
  void a_ConfigMap_or_Secret_that_is_not_there_is_waited_for() {
    Situation all =
        Situation.zip()
            .function("environmentFrom: [{configMapRef: {name: a}}, {secretRef: {name: b}}]");

    assertThat(all.missing().message())
        .contains("ConfigMap a does not exist")
        .contains("Secret b does not exist")
        .contains("LambdaFunction hello: spec.environmentFrom[1]");
  }

  @Test
  void a_Secret_that_may_not_be_read_names_the_setting() {
    StageWanted.Invalid invalid =
        Situation.zip()
            .secret("env", new ConfigSource.Lookup.NotAllowed("lambda-rollouts.secrets-namespaces"))
            .stage("overrides: {environmentFrom: [{secretRef: {name: env}}]}")
            .invalid();

    assertThat(invalid.field()).isEqualTo("LambdaStage prod: spec.overrides.environmentFrom[0]");
    assertThat(invalid.message())
        .isEqualTo(
            "Secret env may not be read in namespace shop: add the namespace to the installation's"
                + " setting lambda-rollouts.secrets-namespaces, or do without");
  }
}
