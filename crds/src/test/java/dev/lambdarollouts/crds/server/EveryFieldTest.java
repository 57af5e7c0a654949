package dev.lambdarollouts.crds.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lambdarollouts.crds.common.CrdJson;
import dev.lambdarollouts.crds.common.LambdaRolloutsResource;
import dev.lambdarollouts.crds.common.Parsed;
import dev.lambdarollouts.crds.generator.CrdManifests;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EveryFieldTest {
  private final KubernetesSerialization client = new KubernetesSerialization();

  static List<Example> examples() {
    return Example.all();
  }

  @Test
  void the_examples_use_every_field() {
    Set<String> used =
        Example.all().stream()
            .flatMap(
                example ->
                    Stream.of("spec", "status")
                        .flatMap(half -> Spot.of(example.schema(), example.object(), half).walk())
                        .map(spot -> example.kind().getSimpleName() + " " + spot.kind()))
            .collect(Collectors.toSet());

    Set<String> all =
        Example.all().stream()
            .flatMap(
                example ->
                    Stream.of("spec", "status")
                        .flatMap(
                            half ->
                                Spot.kindsOf(CrdManifests.property(example.schema(), half), half))
                        .map(kind -> example.kind().getSimpleName() + " " + kind))
            .collect(Collectors.toCollection(TreeSet::new));

    all.removeAll(used);
    assertThat(all).as("fields that no example uses").isEmpty();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void the_api_server_keeps_every_field_as_it_was_given(Example example) {
    CrdCluster cluster = CrdCluster.get();
    GenericKubernetesResource object = object(cluster, example);
    cluster.create(object);
    try {
      GenericKubernetesResource stored = cluster.resource(object).updateStatus();

      Map<String, Object> kept = new HashMap<>(stored.getAdditionalProperties());
      JsonNode tree = new ObjectMapper().valueToTree(kept);
      assertKept("spec", example.half("spec"), tree.path("spec"));
      assertKept("status", example.half("status"), tree.path("status"));
    } finally {
      cluster.delete(object);
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void the_reader_knows_every_field_and_writes_it_back(Example example) {
    LambdaRolloutsResource<?, ?> read =
        client.unmarshal(example.object().toString(), example.kind());

    assertThat(read.spec()).isInstanceOf(Parsed.Valid.class);
    assertWritesBack("spec", read.spec(), example);
    read.status().ifPresent(status -> assertWritesBack("status", status, example));
  }

  private static <T> void assertWritesBack(String half, Parsed<T> parsed, Example example) {
    T value = parsed.valid().orElseThrow();
    assertThat(parsed).as("no unknown field").isEqualTo(Parsed.of(value));
    JsonNode written = CrdJson.MAPPER.valueToTree(value);
    assertKept(half, example.half(half), written);
  }

  private static GenericKubernetesResource object(CrdCluster cluster, Example example) {
    Map<String, Object> content = new HashMap<>();
    content.put("spec", Example.asMap(example.half("spec")));
    if (example.object().has("status")) {
      content.put("status", Example.asMap(example.half("status")));
    }
    return cluster.object(example.object().get("kind").textValue(), example.name(), content);
  }

  /** Everything that was given is there, and numbers are the numbers they were; defaults may be. */
  private static void assertKept(String path, JsonNode given, JsonNode kept) {
    if (given.isObject()) {
      given
          .properties()
          .forEach(
              field ->
                  assertKept(
                      path + "." + field.getKey(), field.getValue(), kept.path(field.getKey())));
    } else if (given.isArray()) {
      assertThat(kept).as(path).hasSameSizeAs(given);
      for (int index = 0; index < given.size(); index++) {
        assertKept(path + "[" + index + "]", given.get(index), kept.get(index));
      }
    } else {
      assertThat(kept.toString()).as(path).isEqualTo(given.toString());
    }
  }
}
