package dev.lambdarollouts.crds.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.crds.common.Parsed;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Breaks every bound, pattern, enum, type and required field that the schema has, one at a time, in
 * examples that use all of them. What stands inside overrides and inline strategies is the same
 * record as elsewhere and is left to where it stands alone.
 */
class BoundsTest {
  private static final Set<Mutation.What> UNREADABLE =
      EnumSet.of(Mutation.What.TYPE, Mutation.What.ENUM, Mutation.What.REQUIRED);

  private final KubernetesSerialization client = new KubernetesSerialization();

  static List<Example> examples() {
    return Example.all();
  }

  private static Stream<Mutation> mutations(Example example) {
    return Spot.of(example.schema(), example.object(), "spec")
        .walk()
        .filter(spot -> !spot.kind().matches(".*(stages\\[\\].strategy|overrides)\\..*"))
        .flatMap(spot -> Mutation.of(example.object(), spot));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void the_api_server_refuses_what_is_out_of_bounds_and_names_the_field(Example example)
      throws ExecutionException, InterruptedException {
    CrdCluster cluster = CrdCluster.get();
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<String>> answers =
          mutations(example)
              .map(mutation -> threads.submit(() -> wrongAnswer(cluster, mutation)))
              .toList();

      assertThat(answers).isNotEmpty();
      for (Future<String> answer : answers) {
        assertThat(answer.get()).isEmpty();
      }
    }
  }

  /** Empty when the API server says what it should. */
  private static String wrongAnswer(CrdCluster cluster, Mutation mutation) {
    GenericKubernetesResource object =
        cluster.object(
            mutation.object().get("kind").textValue(),
            "bounds",
            Map.of("spec", Example.asMap(mutation.object()).get("spec")));
    String answer = cluster.refusalOf(object).orElse("accepted");
    return mutation.says().stream().allMatch(answer::contains)
        ? ""
        : "%s %s should say %s: %s"
            .formatted(mutation.path(), mutation.what(), mutation.says(), answer);
  }

  @ParameterizedTest
  @MethodSource("examples")
  void the_reader_names_the_field_of_a_wrong_type_an_unknown_word_and_an_absent_value(
      Example example) {
    mutations(example)
        .filter(mutation -> UNREADABLE.contains(mutation.what()))
        .forEach(
            mutation ->
                assertThat(client.unmarshal(mutation.object().toString(), example.kind()).spec())
                    .as("%s %s", mutation.path(), mutation.what())
                    .isInstanceOfSatisfying(
                        Parsed.Invalid.class,
                        invalid ->
                            assertThat(List.of(invalid.field(), invalid.raw()))
                                .isEqualTo(
                                    List.of(mutation.path(), mutation.object().get("spec")))));
  }
}
