package dev.lambdarollouts.controllers.translate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What AWS would only refuse in the middle of a rollout is refused before it begins. */
class AwsLimitsTest {

  @ParameterizedTest(name = "function {0} -> {1}: {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          memorySize: 64                     | memorySize             | found 64; Lambda takes 128 to 10240 MB
          memorySize: 10241                  | memorySize             | found 10241; Lambda takes 128 to 10240 MB
          timeout: 0                         | timeout                | found 0; Lambda takes 1 to 900 seconds
          ephemeralStorageSize: 511          | ephemeralStorageSize   | found 511; Lambda takes 512 to 10240 MB
          role: 'arn:aws:iam::1:role/x'      | role                   | found arn:aws:iam::1:role/x, which AWS refuses; write it like arn:aws:iam::111122223333:role/name
          role: null                         | role                   | is missing, and no override gives it: add the ARN of an execution role
          runtime: null                      | runtime                | is missing: a zip package needs runtime and handler
          layers: ['arn:aws:lambda:x']       | layers[0]              | found arn:aws:lambda:x, which AWS refuses; write it like arn:aws:lambda:us-east-1:111122223333:layer:name:1
          kmsKeyArn: 'arn:x'                 | kmsKeyArn              | found arn:x, which AWS refuses; write it like arn:aws:<service>:<region>:<account>:<resource>
          code: {s3: {bucket: '{stage}.'}}   | code.s3.bucket         | found prod., which AWS refuses; write it like artifacts
          code: {s3: null}                   | code                   | found 0 sources; give exactly one of s3, image, configMap and published
          code: {image: {uri: x}}            | code                   | found 2 sources; give exactly one of s3, image, configMap and published
          imageConfig: {command: [x]}        | code                   | is no image, but imageConfig is given, which is for images only
          environment: {9A: x}               | environment.9A         | found 9A; the name of an environment variable starts with a letter and holds at least two letters, digits or _: rename it
          environment: {A: x}                | environment.A          | found A; the name of an environment variable starts with a letter and holds at least two letters, digits or _: rename it
          environment: {AWS_REGION: x}       | environment.AWS_REGION | found AWS_REGION, which Lambda sets itself: rename or remove it
          environmentFrom: [{}]              | environmentFrom[0]     | give exactly one of secretRef and configMapRef
          """)
  void a_function_that_AWS_would_refuse(String patch, String field, String message) {
    StageWanted.Invalid invalid = Situation.zip().function(patch).invalid();

    assertThat(invalid.field()).isEqualTo("LambdaFunction hello: spec." + field);
    assertThat(invalid.message()).isEqualTo(message);
    assertThat(invalid.place()).as("the place stays known").isNotNull();
  }

  @ParameterizedTest(name = "stage {0} -> {1}: {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          accountId: '12345'                          | accountId    | found 12345; an account is 12 digits, in quotes
          accountId: null                             | accountId    | is missing, and taking it from the credentials is not supported yet: add the account's 12 digits
          region: Frankfurt                           | region       | found Frankfurt; write it like us-east-1
          alias: '42'                                 | alias        | found 42; an alias is at most 128 letters, digits, - and _, and not digits alone
          credentials: {}                             | credentials  | give exactly one of assumeRole and secretRef, or remove it to use the operator's own
          functionNameTemplate: '{function}.{stage}'  | functionNameTemplate | "{function}.{stage}" makes hello.prod; the name of a function holds letters, digits, - and _ only: change the template, or the names in it
          functionNameTemplate: '{fn}'                | functionNameTemplate | found {fn}, which stands for nothing here; use {function}, {namespace}, {stage}
          """)
  void a_place_that_AWS_would_refuse_is_none(String patch, String field, String message) {
    StageWanted.Invalid invalid = Situation.zip().stage(patch).invalid();

    assertThat(invalid.field()).isEqualTo("LambdaStage prod: spec." + field);
    assertThat(invalid.message()).isEqualTo(message);
    assertThat(invalid.place()).isNull();
  }

  @ParameterizedTest
  @CsvSource({"14m", "13h", "soon"})
  void a_session_lasts_as_long_as_STS_lets_it(String duration) {
    StageWanted.Invalid invalid =
        Situation.zip()
            .stage(
                """
                credentials:
                  assumeRole: {roleArn: "arn:aws:iam::111122223333:role/x", sessionDuration: %s}
                """
                    .formatted(duration))
            .invalid();

    assertThat(invalid.field())
        .isEqualTo("LambdaStage prod: spec.credentials.assumeRole.sessionDuration");
    assertThat(invalid.message()).isEqualTo("found " + duration + "; STS takes 15m to 12h");
  }

  @Test
  void a_name_of_64_characters_is_taken_and_one_of_65_names_the_template() {
    String just = "f".repeat(64 - "-prod".length());

    assertThat(Situation.zip().names(just, "prod").known().definition().name()).hasSize(64);
    StageWanted.Invalid invalid = Situation.zip().names(just + "f", "prod").invalid();
    assertThat(invalid.field()).isEqualTo("LambdaStage prod: spec.functionNameTemplate");
    assertThat(invalid.message())
        .startsWith("\"{function}-{stage}\" makes fff")
        .endsWith(
            "f-prod, which is 65 characters long; Lambda takes 64: shorten the template, or the"
                + " names in it");
  }

  @Test
  void an_environment_of_4096_bytes_is_taken_and_one_more_is_not() {
    // {"VALUE":"..."} is 12 bytes and the value.
    Situation just = Situation.zip().secret("env", Map.of("VALUE", "v".repeat(4096 - 12)));
    just.function("environmentFrom: [{secretRef: {name: env}}]");

    assertThat(just.known().definition().environment()).hasSize(1);
    StageWanted.Invalid invalid =
        just.secret("env", Map.of("VALUE", "v".repeat(4096 - 11))).invalid();
    assertThat(invalid.field()).isEqualTo("LambdaFunction hello: spec.environment");
    assertThat(invalid.message())
        .contains("is 4097 bytes as JSON; AWS takes 4096")
        .doesNotContain("vvv");
  }

  @Test
  void a_key_of_a_Secret_that_is_no_text_or_no_name_is_named_without_its_value() {
    StageWanted.Invalid badName =
        Situation.zip()
            .secret("env", Map.of("tls.key", "x"))
            .function("environmentFrom: [{secretRef: {name: env}}]")
            .invalid();
    byte[] latin1 = {(byte) 0xe4, 'x'};
    StageWanted.Invalid noText =
        Situation.zip()
            .secret(
                "env",
                new ConfigSource.Lookup.Found(new java.util.TreeMap<>(Map.of("NAME", latin1))))
            .function("environmentFrom: [{secretRef: {name: env}}]")
            .invalid();

    assertThat(badName.message()).startsWith("Secret env has the key tls.key; the name of");
    assertThat(noText.message())
        .isEqualTo("Secret env, key NAME: is no UTF-8 text: remove the key");
  }

  @Test
  void an_image_brings_its_own_runtime() {
    StageWanted.Invalid invalid =
        Situation.zip().stage("overrides: {code: {image: {uri: 'registry/x:1'}}}").invalid();

    assertThat(invalid.field()).isEqualTo("LambdaFunction hello: spec.runtime");
    assertThat(invalid.message())
        .startsWith(
            "an image brings its own: remove it, as LambdaStage prod: spec.overrides.code is an"
                + " image");
  }
}
