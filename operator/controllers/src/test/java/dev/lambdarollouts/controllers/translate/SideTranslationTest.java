package dev.lambdarollouts.controllers.translate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.engine.fact.SideSettings;
import dev.lambdarollouts.engine.fact.SideSettings.RuntimeManagement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SideTranslationTest {
  @Test
  void whatIsAskedForBesideTheReleaseIsTakenTogetherAndIsNotInTheDefinition() {
    Situation all =
        Situation.zip()
            .function("runtimeManagementConfig: {updateRuntimeOn: Auto}")
            .stage("{provisionedConcurrency: 5, reservedConcurrency: 10}")
            .entry("overrides: {runtimeManagementConfig: {updateRuntimeOn: FunctionUpdate}}");
    assertThat(all.known().side())
        .isEqualTo(new SideSettings(10, new RuntimeManagement("FunctionUpdate", null), 5));
    assertThat(all.known().definition()).isEqualTo(Situation.zip().known().definition());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {provisionedConcurrency: 5, reservedConcurrency: 4} | {} | LambdaStage prod: spec.provisionedConcurrency | more than reservedConcurrency (4)
          {provisionedConcurrency: 5} | {snapStart: {applyOn: PublishedVersions}} | LambdaStage prod: spec.provisionedConcurrency | SnapStart
          {provisionedConcurrency: 0} | {} | LambdaStage prod: spec.provisionedConcurrency | remove it for none
          {reservedConcurrency: -1} | {} | LambdaStage prod: spec.reservedConcurrency | found -1
          {} | {runtimeManagementConfig: {updateRuntimeOn: Manual}} | LambdaFunction hello: spec.runtimeManagementConfig | Manual needs runtimeVersionArn
          {} | {runtimeManagementConfig: {updateRuntimeOn: Manual, runtimeVersionArn: 'nodejs'}} | LambdaFunction hello: spec.runtimeManagementConfig.runtimeVersionArn | write it like arn:
          """)
  void whatAwsRefusesIsToldByItsField(String stage, String function, String field, String told) {
    StageWanted.Invalid invalid = Situation.zip().stage(stage).function(function).invalid();
    assertThat(invalid.field()).isEqualTo(field);
    assertThat(invalid.message()).contains(told);
  }

  @Test
  void whereOthersPublishOrAnImageBringsItsRuntimeItIsRefused() {
    assertThat(Situation.published().stage("reservedConcurrency: 5").invalid().message())
        .contains("beside code.published nothing is configured here");
    assertThat(Situation.published().stage("provisionedConcurrency: 5").known().side())
        .isEqualTo(new SideSettings(null, null, 5));
    assertThat(
            Situation.image()
                .function("runtimeManagementConfig: {updateRuntimeOn: Auto}")
                .invalid()
                .message())
        .contains("an image brings its own runtime");
  }
}
