package dev.lambdarollouts.controllers.translate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.engine.plan.Entry;
import dev.lambdarollouts.engine.plan.Weight;
import dev.lambdarollouts.engine.port.FunctionDefinition;
import dev.lambdarollouts.engine.port.FunctionDefinition.Code;
import dev.lambdarollouts.engine.port.StageTarget;
import dev.lambdarollouts.engine.port.StageTarget.AssumedRole;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StageTranslationTest {

  @Test
  void a_plain_function_is_known_with_its_place() {
    StageWanted.Known known = Situation.zip().function("{releaseName: 1.4.2}").known();

    assertThat(known.place())
        .isEqualTo(
            new StagePlace(
                new StageTarget("111122223333", "us-east-1", null), "hello-prod", "live"));
    assertThat(known.place().function())
        .isEqualTo(new FunctionKey("111122223333", "us-east-1", "hello-prod"));
    assertThat(known.releaseName()).isEqualTo("1.4.2");
    assertThat(known.overridesCode()).isFalse();
    FunctionDefinition definition = known.definition();
    assertThat(definition.name()).isEqualTo("hello-prod");
    assertThat(definition.runtime()).isEqualTo("java25");
    assertThat(definition.code()).isEqualTo(new Code.S3("artifacts", "hello.zip", null));
    assertThat(definition.role()).isEqualTo("arn:aws:iam::111122223333:role/hello-prod");
    assertThat(known.plan().entries()).containsExactly(new Entry.SetWeight(Weight.ALL));
  }

  @Test
  void the_rollouts_override_wins_over_the_stages_and_that_over_the_function() {
    Situation all =
        Situation.zip()
            .function("{memorySize: 128, timeout: 1, ephemeralStorageSize: 512}")
            .stage("overrides: {memorySize: 256, timeout: 2}")
            .entry("overrides: {memorySize: 512}");

    FunctionDefinition definition = all.known().definition();

    assertThat(definition.memorySize()).isEqualTo(512);
    assertThat(definition.timeout()).isEqualTo(2);
    assertThat(definition.ephemeralStorageSize()).isEqualTo(512);
  }

  @Test
  void environment_merges_key_by_key_and_wins_over_environmentFrom_of_which_later_ones_win() {
    FunctionDefinition definition =
        Situation.zip()
            .configMap("first", Map.of("A1", "first", "B1", "first", "C1", "first"))
            .secret("second", Map.of("B1", "second", "C1", "second"))
            .function(
                """
                environmentFrom: [{configMapRef: {name: first}}, {secretRef: {name: second}}]
                environment: {C1: function, D1: function, E1: function}
                """)
            .stage("overrides: {environment: {D1: stage, E1: stage}}")
            .entry("overrides: {environment: {E1: rollout}}")
            .known()
            .definition();

    assertThat(definition.environment())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "A1", "first", "B1", "second", "C1", "function", "D1", "stage", "E1", "rollout"));
  }

  @Test
  void an_override_of_a_list_replaces_the_whole_list() {
    FunctionDefinition definition =
        Situation.zip()
            .function("layers: ['arn:aws:lambda:us-east-1:111122223333:layer:a:1']")
            .entry("overrides: {layers: ['arn:aws:lambda:{region}:{accountId}:layer:b:2']}")
            .known()
            .definition();

    assertThat(definition.layers())
        .containsExactly("arn:aws:lambda:us-east-1:111122223333:layer:b:2");
  }

  @Test
  void placeholders_are_resolved_in_code_and_arns_but_not_in_the_environment() {
    FunctionDefinition definition =
        Situation.zip()
            .function(
                """
                code: {s3: {bucket: "{accountId}-{region}", key: "{namespace}/{function}/{stage}"}}
                environment: {TEMPLATE: "{stage}"}
                deadLetterConfig: {targetArn: "arn:aws:sqs:{region}:{accountId}:{function}"}
                kmsKeyArn: "arn:aws:kms:{region}:{accountId}:key/{stage}"
                loggingConfig: {logGroup: "/shop/{function}"}
                """)
            .known()
            .definition();

    assertThat(definition.code())
        .isEqualTo(new Code.S3("111122223333-us-east-1", "shop/hello/prod", null));
    assertThat(definition.environment()).containsEntry("TEMPLATE", "{stage}");
    assertThat(definition.deadLetterTargetArn())
        .isEqualTo("arn:aws:sqs:us-east-1:111122223333:hello");
    assertThat(definition.kmsKeyArn()).isEqualTo("arn:aws:kms:us-east-1:111122223333:key/prod");
    assertThat(definition.loggingConfig())
        .isEqualTo(new FunctionDefinition.LoggingConfig(null, null, null, "/shop/hello"));
  }

  @Test
  void a_placeholder_that_stands_for_nothing_is_named() {
    StageWanted.Invalid invalid =
        Situation.zip().function("role: 'arn:aws:iam::{account}:role/x'").invalid();

    assertThat(invalid.field()).isEqualTo("LambdaFunction hello: spec.role");
    assertThat(invalid.message())
        .isEqualTo(
            "found {account}, which stands for nothing here; use {accountId}, {function},"
                + " {namespace}, {region}, {stage}");
  }

  @Test
  void the_files_of_a_ConfigMap_are_the_code() {
    FunctionDefinition definition =
        Situation.zip()
            .configMap("src", Map.of("index.mjs", "export const handler = 1;"))
            .function("code: {s3: null, configMap: {name: src}}")
            .known()
            .definition();

    assertThat(definition.code())
        .isInstanceOfSatisfying(
            Code.Files.class,
            files ->
                assertThat(new String(files.files().get("index.mjs"), StandardCharsets.UTF_8))
                    .isEqualTo("export const handler = 1;"));
  }

  @Test
  void the_code_that_a_stage_overrides_brings_its_own_sha256() {
    String sha = "a".repeat(43) + "=";
    Situation overridden =
        Situation.zip()
            .function("code: {sha256: '%s'}".formatted("b".repeat(43) + "="))
            .stage("overrides: {code: {s3: {bucket: other, key: k}, sha256: '%s'}}".formatted(sha));

    assertThat(overridden.known().overridesCode()).isTrue();
    assertThat(overridden.known().codeSha256()).isEqualTo(sha);
    assertThat(overridden.known().definition().code()).isEqualTo(new Code.S3("other", "k", null));
  }

  @Test
  void a_stage_may_run_an_image_with_another_configuration_of_it() {
    FunctionDefinition definition =
        Situation.image()
            .function("imageConfig: {command: [app.handler]}")
            .stage("overrides: {imageConfig: {entryPoint: [/init], workingDirectory: /app}}")
            .known()
            .definition();

    assertThat(definition.imageConfig())
        .isEqualTo(new FunctionDefinition.ImageConfig(List.of("/init"), List.of(), "/app"));
  }

  @Test
  void an_assumed_role_carries_external_id_duration_and_whose_stage_it_is() {
    StagePlace place =
        Situation.zip()
            .stage(
                """
                credentials:
                  assumeRole:
                    roleArn: "arn:aws:iam::{accountId}:role/{stage}-deploy"
                    externalId: secret-handshake
                    sessionDuration: 1h30m
                """)
            .known()
            .place();

    assertThat(place.target().assumedRole())
        .isEqualTo(
            new AssumedRole(
                "arn:aws:iam::111122223333:role/prod-deploy",
                "secret-handshake",
                Duration.ofMinutes(90),
                Map.of("lambda-rollouts/namespace", "shop", "lambda-rollouts/stage", "prod")));
  }

  @Test
  void stages_that_share_a_function_mean_the_same_key() {
    StagePlace one =
        Situation.zip().stage("{functionNameTemplate: '{function}', alias: dev}").known().place();
    StagePlace other =
        Situation.zip()
            .names("hello", "sit")
            .stage("{functionNameTemplate: '{function}', alias: sit}")
            .known()
            .place();

    assertThat(one.function()).isEqualTo(other.function());
    assertThat(one.alias()).isNotEqualTo(other.alias());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "us-east-1, aws",
    "eu-central-1, aws",
    "cn-north-1, aws-cn",
    "us-gov-west-1, aws-us-gov"
  })
  void arns_are_of_the_regions_partition(String region, String partition) {
    StagePlace place = new StagePlace(new StageTarget("111122223333", region, null), "f", "live");

    assertThat(place.aliasArn())
        .isEqualTo("arn:" + partition + ":lambda:" + region + ":111122223333:function:f:live");
  }

  @Test
  void all_that_is_wrong_is_hinted_at() {
    StageWanted.Invalid invalid =
        Situation.zip().function("{memorySize: 64, timeout: 901, handler: null}").invalid();

    assertThat(invalid.field()).isEqualTo("LambdaFunction hello: spec.handler");
    assertThat(invalid.message())
        .endsWith("(see also LambdaFunction hello: spec.memorySize and 1 more)");
  }

  @Test
  void no_outcome_shows_a_value_of_the_environment() {
    Situation all =
        Situation.zip()
            .secret("env", Map.of("PASSWORD", "hunter2", "9lives", "hunter2"))
            .function(
                "{environmentFrom: [{secretRef: {name: env}}], environment: {TOKEN: hunter2}}");

    assertThat(all.invalid().toString()).doesNotContain("hunter2");
    assertThat(all.secret("env", Map.of("PASSWORD", "hunter2")).known().toString())
        .doesNotContain("hunter2");
  }

  @Test
  void a_role_of_another_account_is_refused() {
    StageWanted.Invalid invalid =
        Situation.zip().function("role: arn:aws:iam::999999999999:role/x").invalid();

    assertThat(invalid.field()).isEqualTo("LambdaFunction hello: spec.role");
    assertThat(invalid.message())
        .startsWith(
            "found arn:aws:iam::999999999999:role/x, a role of another account; the stage's is");
  }
}
