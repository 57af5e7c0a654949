package dev.lambdarollouts.controllers.translate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may write a function may read in AWS what it copies: no keys to an account, then. */
class WithheldSecretTest {
  private static final Map<String, String> KEYS =
      Map.of("aws_access_key_id", "AKIA1", "aws_secret_access_key", "p0ison");
  private static final String COPIES = "environmentFrom: [{secretRef: {name: %s}}]";

  private static void isWithheld(Situation all, String field, String message) {
    StageWanted.Invalid invalid = all.invalid();
    assertThat(invalid.field()).isEqualTo(field);
    assertThat(invalid.message()).isEqualTo(message);
    assertThat(invalid.toString()).doesNotContain("p0ison");
    assertThat(invalid.place()).as("a rollback is always possible").isNotNull();
  }

  @Test
  void the_access_keys_of_any_stage_are_not_for_a_function() {
    isWithheld(
        Situation.zip()
            .secret("aws-prod", Map.of("any_key", "p0ison"))
            .credentials("aws-prod", "prod-eu")
            .function(COPIES.formatted("aws-prod")),
        "LambdaFunction hello: spec.environmentFrom[0]",
        "Secret aws-prod holds the AWS access keys of LambdaStage prod-eu, which no function may"
            + " read: name another Secret");
  }

  @Test
  void access_keys_that_no_stage_names_are_not_either() {
    isWithheld(
        Situation.zip().secret("aws-old", KEYS).function(COPIES.formatted("aws-old")),
        "LambdaFunction hello: spec.environmentFrom[0]",
        "Secret aws-old has the key aws_secret_access_key, and no function may read AWS access"
            + " keys: give the function a role, and name another Secret or remove the key");
  }

  @Test
  void nor_is_the_installation_s_identity() {
    isWithheld(
        Situation.zip()
            .secret("lambda-rollouts-identity", Map.of("id", "x1", "key", "p0ison"))
            .function(COPIES.formatted("lambda-rollouts-identity")),
        "LambdaFunction hello: spec.environmentFrom[0]",
        "Secret lambda-rollouts-identity is this installation's identity, which no function may"
            + " read: name another Secret");
  }

  @ParameterizedTest
  @CsvSource({"stage, LambdaStage prod: spec.", "entry, LambdaRollout roll: spec.stages[0]."})
  void nor_by_way_of_overrides(String overridden, String object) {
    Situation all = Situation.zip().secret("aws-prod", KEYS).credentials("aws-prod", "prod");
    String overrides = "overrides: {" + COPIES.formatted("aws-prod") + "}";
    isWithheld(
        overridden.equals("stage") ? all.stage(overrides) : all.entry(overrides),
        object + "overrides.environmentFrom[0]",
        "Secret aws-prod holds the AWS access keys of LambdaStage prod, which no function may read:"
            + " name another Secret");
  }

  @Test
  void any_other_Secret_is() {
    Situation all =
        Situation.zip()
            .secret("env", Map.of("TOKEN", "t1"))
            .secret("aws-prod", KEYS)
            .credentials("aws-prod", "prod")
            .stage("credentials: {secretRef: {name: aws-prod}}")
            .function(COPIES.formatted("env"));

    assertThat(all.known().definition())
        .isNotNull()
        .satisfies(definition -> assertThat(definition.environment()).containsKey("TOKEN"));
  }
}
