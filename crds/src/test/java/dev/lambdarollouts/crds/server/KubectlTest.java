package dev.lambdarollouts.crds.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.crds.generator.CrdManifests;
import dev.lambdarollouts.testcluster.Kubectl;
import dev.lambdarollouts.testcluster.KubectlResult;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a person sees who uses kubectl. */
class KubectlTest {
  private final CrdCluster cluster = CrdCluster.get();
  private final String namespace = cluster.cluster().createNamespace("kubectl");
  private final List<GenericKubernetesResource> objects =
      Example.all().stream().map(this::object).toList();

  @BeforeEach
  void create() {
    for (GenericKubernetesResource object : objects) {
      cluster.create(object);
      if (object.getAdditionalProperties().containsKey("status")) {
        cluster.resource(object).updateStatus();
      }
    }
  }

  @AfterEach
  void delete() {
    objects.forEach(cluster::delete);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          lro | FUNCTION STAGE PHASE STEP WEIGHT STABLE CANARY AGE | ALIAS REGION MESSAGE
          lfn | RELEASE RUNTIME MEMORY READY PROMOTED AGE | ROLE MESSAGE
          lst | REGION ACCOUNT ALIAS WINDOW ACTIVE SUSPENDED READY AGE | CALLER MESSAGE
          lrs | PRESET BAKE DEADLINE READY AGE | MESSAGE
          lra | ROLLOUT ACTION STAGE RELEASE BY PHASE AGE | REASON MESSAGE
          """)
  void get_prints_the_columns_in_reading_order(String shortName, String columns, String wide) {
    assertThat(words(lines("get", shortName).getFirst())).containsExactly(words("NAME " + columns));
    assertThat(words(lines("get", shortName, "-o", "wide").getFirst()))
        .containsExactly(words("NAME " + columns + " " + wide));
  }

  @Test
  void get_shows_where_a_rollout_is() {
    assertThat(lines("get", "lro", "rollout", "-o", "wide").get(1))
        .matches(
            "rollout +hello +prod +Progressing +3/5 +30% +7 +8 +\\S+ +live +us-east-1 +prod: 30% on"
                + " version 8 \\(1\\.4\\.2\\), step 3/5, next shift at 10:20:00Z");
  }

  @Test
  void the_category_lists_all_kinds() {
    assertThat(lines("get", "lambda-rollouts", "-o", "name"))
        .hasSameSizeAs(objects)
        .extracting(name -> name.substring(0, name.indexOf('.')))
        .contains(
            "lambdafunction", "lambdastage", "rolloutstrategy", "lambdarollout", "rolloutaction");
  }

  @Test
  void a_field_selector_finds_the_actions_of_a_rollout() {
    assertThat(lines("get", "lra", "--field-selector", "spec.rolloutRef.name=hello", "-o", "name"))
        .hasSize(2);
    assertThat(lines("get", "lra", "--field-selector", "spec.rolloutRef.name=other", "-o", "name"))
        .containsExactly("");
  }

  @Test
  void wait_sees_that_a_function_is_promoted() {
    assertThat(lines("wait", "--for=condition=Promoted", "lfn/function-s3", "--timeout=5s"))
        .containsExactly("lambdafunction.lambdarollouts.dev/function-s3 condition met");
  }

  static Stream<String> kinds() {
    return CrdManifests.KINDS.stream().map(HasMetadata::getPlural);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void explain_describes_a_kind_its_spec_and_its_status(String plural) {
    for (String path : List.of(plural, plural + ".spec", plural + ".status")) {
      String text = String.join("\n", lines("explain", path));
      assertThat(text).contains("DESCRIPTION:").doesNotContain("<empty>", "<no description>");
    }
  }

  @Test
  void explain_finds_a_step_of_an_inline_strategy() {
    assertThat(
            String.join(
                " ",
                lines("explain", "lambdarollouts.spec.stages.strategy.canary.steps.setWeight")))
        .contains("Gives the candidate this share of the alias' traffic");
  }

  @Test
  void apply_refuses_a_misspelled_field_by_name() {
    KubectlResult result =
        kubectl()
            .runWithInput(
                """
                apiVersion: lambdarollouts.dev/v1alpha1
                kind: RolloutStrategy
                metadata: {name: typo}
                spec: {preset: LambdaAllAtOnce, bakeTme: 5m}
                """,
                "apply",
                "-n",
                namespace,
                "-f",
                "-");

    assertThat(result.succeeded()).isFalse();
    assertThat(result.stderr()).contains("unknown field \"spec.bakeTme\"");
  }

  private List<String> lines(String... arguments) {
    String[] all = Arrays.copyOf(arguments, arguments.length + 2);
    all[arguments.length] = "-n";
    all[arguments.length + 1] = namespace;
    return Arrays.asList(kubectl().run(all).stdoutOrThrow().strip().split("\n"));
  }

  private Kubectl kubectl() {
    return cluster.cluster().kubectlWith(cluster.cluster().kubeconfig());
  }

  private static String[] words(String line) {
    return line.strip().split(" +");
  }

  private GenericKubernetesResource object(Example example) {
    Map<String, Object> content = new HashMap<>();
    content.put("spec", Example.asMap(example.half("spec")));
    if (example.object().has("status")) {
      content.put("status", Example.asMap(example.half("status")));
    }
    GenericKubernetesResource object =
        cluster.object(example.object().get("kind").textValue(), example.name(), content);
    object.getMetadata().setNamespace(namespace);
    return object;
  }
}
