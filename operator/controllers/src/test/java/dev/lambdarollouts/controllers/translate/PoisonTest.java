package dev.lambdarollouts.controllers.translate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.controllers.translate.RolloutReferences.StageReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Specs of an older or a newer CRD: refused by name, and rolling back stays possible. */
class PoisonTest {

  @ParameterizedTest(name = "stage {0} -> {1}: {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          driftPolicy: Shout        | driftPolicy      | "Shout" is not known to this version of the operator, which knows Adopt, Pause, Revert: use one of them, or upgrade the operator
          mirror: {to: dr}          | mirror           | not known to this version of the operator: remove it, or upgrade the operator
          suspended: 'yes'          | suspended        | must be true or false, found a string
          overrides: {memorySize: big} | overrides.memorySize | must be a whole number within the CRD's bounds, found a string
          """)
  void a_stage_that_cannot_be_read_still_tells_its_place(
      String patch, String field, String problem) {
    Situation all = Situation.zip().stage("alias: blue");
    StagePlace place = all.known().place();

    StageWanted.Invalid invalid = all.stage(patch).invalid();

    assertThat(invalid.field()).isEqualTo("LambdaStage prod: spec." + field);
    assertThat(invalid.message()).isEqualTo(problem);
    assertThat(invalid.place()).isEqualTo(place);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          region: 7
          region: null
          credentials: {webIdentity: {role: x}}
          credentials: admin
          """)
  void a_stage_whose_place_or_rights_cannot_be_read_has_none(String patch) {
    assertThat(Situation.zip().stage(patch).invalid().place()).isNull();
  }

  @Test
  void a_function_that_cannot_be_read_is_named_with_the_field() {
    StageWanted.Invalid invalid = Situation.zip().function("architectures: [riscv]").invalid();

    assertThat(invalid.field()).isEqualTo("LambdaFunction hello: spec.architectures[0]");
    assertThat(invalid.message()).contains("riscv").contains("arm64, x86_64");
    assertThat(invalid.place()).isNotNull();
  }

  @Test
  void a_strategy_that_cannot_be_read_is_named_with_the_field() {
    StageWanted.Invalid invalid =
        Situation.zip().strategy("alarmPolicy: {alreadyFiring: Panic}").invalid();

    assertThat(invalid.field())
        .isEqualTo("RolloutStrategy careful: spec.alarmPolicy.alreadyFiring");
    assertThat(invalid.message()).contains("Panic").contains("Block, Ignore");
    assertThat(invalid.place()).isNotNull();
  }

  @Test
  void a_rollout_that_cannot_be_read_still_tells_what_it_names() {
    Situation all = Situation.zip().rollout("{paused: maybe, rollbackWindow: {revisions: many}}");

    assertThat(RolloutReferences.of(all.rollout()).function()).isEqualTo("hello");
    assertThat(RolloutReferences.of(all.rollout()).stages())
        .containsExactly(new StageReference("prod", "careful"));
    assertThat(all.invalid().field()).startsWith("LambdaRollout roll: spec.");
    assertThat(all.invalid().place()).isNotNull();
  }

  @Test
  void a_rollout_of_which_not_even_the_names_can_be_read_is_invalid_without_a_place() {
    StageWanted.Invalid invalid =
        Situation.zip().rollout("{functionRef: hello, stages: [prod]}").invalid();

    assertThat(invalid.field()).isEqualTo("LambdaRollout roll: spec.functionRef");
    assertThat(invalid.message()).startsWith("must be an object, found a string");
    assertThat(invalid.place()).isNull();
  }

  @Test
  void references_of_a_good_rollout_are_the_same_by_either_way() {
    assertThat(RolloutReferences.of(Situation.zip().rollout()))
        .isEqualTo(RolloutReferences.of(Situation.zip().rollout("later: 1").rollout()));
    assertThat(
            RolloutReferences.of(
                Situation.zip().entry("{strategyRef: null, strategy: {allAtOnce: {}}}").rollout()))
        .extracting(names -> names.stages().getFirst().strategy())
        .isNull();
  }
}
