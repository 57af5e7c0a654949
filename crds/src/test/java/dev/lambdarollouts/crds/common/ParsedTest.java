package dev.lambdarollouts.crds.common;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.lambdarollouts.crds.function.LambdaFunction;
import dev.lambdarollouts.crds.function.LambdaFunctionSpec.DeletionPolicy;
import dev.lambdarollouts.crds.rollout.LambdaRollout;
import dev.lambdarollouts.crds.rollout.LambdaRolloutStatus;
import dev.lambdarollouts.crds.rollout.RolloutPhase;
import dev.lambdarollouts.crds.strategy.RolloutStrategy;
import dev.lambdarollouts.crds.strategy.RolloutStrategySpec;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Objects as they come from the API server, read with the client's own mapper. */
class ParsedTest {
  private final KubernetesSerialization client = new KubernetesSerialization();

  @Test
  void a_good_spec_is_typed() {
    LambdaFunction function =
        read(
            LambdaFunction.class,
            """
            spec:
              runtime: java25
              handler: Hello
              code: {s3: {bucket: artifacts, key: hello.zip}}
              environment: {LOG_LEVEL: info}
            """);

    assertThat(function.spec().valid())
        .hasValueSatisfying(
            spec -> {
              assertThat(spec.runtime()).isEqualTo("java25");
              assertThat(spec.code().s3()).isNotNull();
              assertThat(spec.memorySize()).isNull();
              assertThat(spec.deletionPolicy()).isEqualTo(DeletionPolicy.RETAIN);
            });
  }

  @ParameterizedTest(name = "{0} -> {1}: {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          code: {s3: {bucket: b, key: k}}, later: 1                        | spec.later                  | not known to this version of the operator: remove it, or upgrade the operator
          code: {s3: {bucket: b, key: k, later: {x: 1}}}                   | spec.code.s3.later          | not known to this version of the operator: remove it, or upgrade the operator
          code: {s3: {bucket: b, key: k}}, deletionPolicy: Archive         | spec.deletionPolicy         | "Archive" is not known to this version of the operator, which knows Retain, Delete: use one of them, or upgrade the operator
          code: {s3: {bucket: b, key: k}}, architectures: [riscv]          | spec.architectures[0]       | "riscv" is not known to this version of the operator, which knows arm64, x86_64: use one of them, or upgrade the operator
          code: {s3: {bucket: b, key: k}}, memorySize: "256"               | spec.memorySize             | must be a whole number within the CRD's bounds, found a string
          code: {s3: {bucket: b, key: k}}, memorySize: 256.5               | spec.memorySize             | must be a whole number within the CRD's bounds, found a number with a fraction
          code: {s3: {bucket: b, key: k}}, memorySize: 99999999999         | spec.memorySize             | must be a whole number within the CRD's bounds, found a whole number
          code: {s3: {bucket: b, key: k}}, handler: 7                      | spec.handler                | must be a string, found a whole number
          code: {s3: {bucket: b, key: k}}, handler: true                   | spec.handler                | must be a string, found true
          code: {s3: {bucket: b, key: null}}                               | spec.code.s3.key            | is null: give it a value or leave it out
          code: {s3: {bucket: b, key: k}}, layers: arn                     | spec.layers                 | must be a list, found a string
          code: {s3: {bucket: b, key: k}}, layers: [null]                  | spec.layers[0]              | is null: give it a value or leave it out
          code: {s3: {bucket: b, key: k}}, environment: {PASSWORD: 1}      | spec.environment.PASSWORD   | must be a string, found a whole number
          code: {s3: {bucket: b, key: k}}, dashboard: "yes"                | spec.dashboard              | must be true or false, found a string
          code: {s3: {bucket: b, key: k}}, dashboard: ""                   | spec.dashboard              | must be true or false, found a string
          code: {s3: {bucket: b, key: k}}, vpcConfig: []                   | spec.vpcConfig              | must be an object, found a list
          code: {s3: {bucket: b, key: k}}, vpcConfig: ""                   | spec.vpcConfig              | must be an object, found a string
          code: {s3: {bucket: b, key: k}}, deletionPolicy: ""              | spec.deletionPolicy         | "" is not known to this version of the operator, which knows Retain, Delete: use one of them, or upgrade the operator
          code: {s3: {bucket: b, key: k}}, deletionPolicy: 1               | spec.deletionPolicy         | must be a string, found a whole number
          code: {s3: {bucket: b}}                                          | spec.code.s3.key            | is missing: add it
          runtime: java25                                                  | spec.code                   | is missing: add it
          """)
  void what_cannot_be_read_in_a_spec_is_named_and_kept(String spec, String field, String problem)
      throws IOException {
    String object = "spec: {" + spec + "}";

    LambdaFunction function = read(LambdaFunction.class, object);

    JsonNode raw = tree(object).get("spec");
    assertThat(function.spec()).isEqualTo(new Parsed.Invalid<>(raw, field, problem));
    assertThat(tree(client.asJson(function)).get("spec")).isEqualTo(raw);
  }

  @Test
  void a_spec_that_is_no_object_is_named() throws IOException {
    assertThat(read(LambdaFunction.class, "spec: [1]").spec())
        .isEqualTo(new Parsed.Invalid<>(tree("[1]"), "spec", "must be an object, found a list"));
  }

  @Test
  void an_object_without_spec_says_so() {
    assertThat(read(LambdaFunction.class, "metadata: {name: x}").spec())
        .isEqualTo(new Parsed.Invalid<>(NullNode.instance, "spec", "is missing: add it"));
  }

  @Test
  void a_status_of_a_newer_operator_is_read_and_written_whole() throws IOException {
    String object =
        """
        status: {phase: Healthy, later: {a: [1, null]}, stages: [{name: prod, phase: Succeeded, new: x}]}
        """;

    LambdaRollout rollout = read(LambdaRollout.class, object);

    JsonNode raw = tree(object).get("status");
    LambdaRolloutStatus status = rollout.getStatus().valid().orElseThrow();
    assertThat(status.phase()).isEqualTo(RolloutPhase.HEALTHY);
    assertThat(rollout.getStatus())
        .isEqualTo(
            new Parsed.Valid<>(status, List.of("status.later", "status.stages[0].new"), raw));
    assertThat(tree(client.asJson(rollout)).get("status")).isEqualTo(raw);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          phase: Melting                              | status.phase               | "Melting" is not known to this version of the operator, which knows Healthy, Progressing, Paused, Degraded: use one of them, or upgrade the operator
          stages: [{name: prod, phase: Melting}]      | status.stages[0].phase     | "Melting" is not known to this version of the operator, which knows Pending, Deploying, PreTraffic, AwaitingApproval, Shifting, Paused, PostTraffic, Baking, RollingBack, Succeeded, RolledBack, Rejected, Failed: use one of them, or upgrade the operator
          stages: [{name: prod, phase: Paused, startedAt: 12}]        | status.stages[0].startedAt | must be a time like 2026-11-23T10:15:00Z, found a whole number
          stages: [{name: prod, phase: Paused, startedAt: yesterday}] | status.stages[0].startedAt | must be a time like 2026-11-23T10:15:00Z, found a string
          """)
  void what_cannot_be_read_in_a_status_is_named(String status, String field, String problem)
      throws IOException {
    String object = "status: {" + status + "}";

    LambdaRollout rollout = read(LambdaRollout.class, object);

    JsonNode raw = tree(object).get("status");
    assertThat(rollout.getStatus()).isEqualTo(new Parsed.Invalid<>(raw, field, problem));
    assertThat(tree(client.asJson(rollout)).get("status")).isEqualTo(raw);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.5", "true", "'5'", "101", "-1", "0.125%", "[5]"})
  void a_weight_that_is_none_is_named(String weight) {
    assertThat(
            read(RolloutStrategy.class, "spec: {canary: {steps: [{setWeight: " + weight + "}]}}")
                .spec())
        .isInstanceOfSatisfying(
            Parsed.Invalid.class,
            invalid ->
                assertThat(invalid.message())
                    .isEqualTo(
                        "spec.canary.steps[0].setWeight: must be 0 to 100, or a text such as"
                            + " \"0.5%\" with at most two decimals"));
  }

  @ParameterizedTest
  @CsvSource({"5, 5%", "0, 0%", "0.5%, 0.5%"})
  void a_weight_is_shown_with_its_sign(String weight, String shown) {
    Optional<RolloutStrategySpec> spec =
        read(RolloutStrategy.class, "spec: {canary: {steps: [{setWeight: " + weight + "}]}}")
            .spec()
            .valid();

    assertThat(spec.map(RolloutStrategySpec::canary).map(canary -> canary.steps().getFirst()))
        .hasValueSatisfying(step -> assertThat(step.setWeight()).hasToString(shown));
  }

  @ParameterizedTest
  @ValueSource(strings = {"code: {configMap: {name: c}}", "code: {configMap: {name: c}}, x: 1"})
  void no_text_form_holds_the_environments_values(String rest) {
    LambdaFunction function =
        read(LambdaFunction.class, "spec: {environment: {TOKEN: hunter2}, " + rest + "}");

    assertThat(function.toString()).doesNotContain("hunter2");
  }

  private <T extends LambdaRolloutsResource<?, ?>> T read(Class<T> kind, String yaml) {
    return client.unmarshal(yaml, kind);
  }

  private static JsonNode tree(String yaml) throws IOException {
    return new YAMLMapper().readTree(yaml);
  }
}
