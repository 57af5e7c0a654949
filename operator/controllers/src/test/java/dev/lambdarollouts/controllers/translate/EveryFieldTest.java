package dev.lambdarollouts.controllers.translate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.lambdarollouts.crds.function.FunctionOverrides;
import dev.lambdarollouts.crds.function.LambdaFunctionSpec;
import dev.lambdarollouts.crds.rollout.LambdaRolloutSpec;
import dev.lambdarollouts.crds.stage.LambdaStageSpec;
import dev.lambdarollouts.crds.strategy.RolloutStrategySpec;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every field of the API is translated, refused, or read by somebody who is named. The records are
 * walked by reflection: a new component fails until every-field.yaml says what becomes of it, and
 * what it says is tried.
 */
class EveryFieldTest {
  private static final JsonNode FATES = fates();

  private static final Map<String, JsonNode> CONFIGURATION = fates("configuration");
  private static final Map<String, JsonNode> FUNCTION = fates("configuration", "function");
  private static final Map<String, JsonNode> STAGE = fates("stage");
  private static final Map<String, JsonNode> ROLLOUT = fates("rollout");
  private static final Map<String, JsonNode> STRATEGY = fates("strategy");

  private static JsonNode fates() {
    try (InputStream file = EveryFieldTest.class.getResourceAsStream("every-field.yaml")) {
      return Situation.yaml(
          new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }

  private static Map<String, JsonNode> fates(String... sections) {
    Map<String, JsonNode> fates = new TreeMap<>();
    for (String section : sections) {
      FATES.get(section).properties().forEach(row -> fates.put(row.getKey(), row.getValue()));
    }
    return fates;
  }

  @Test
  void every_field_of_the_API_has_its_fate() {
    assertDecided(LambdaFunctionSpec.class, FUNCTION);
    assertDecided(FunctionOverrides.class, CONFIGURATION);
    assertDecided(RolloutStrategySpec.class, STRATEGY);
    assertDecided(LambdaStageSpec.class, STAGE);
    assertDecided(LambdaRolloutSpec.class, ROLLOUT);
  }

  private static void assertDecided(Class<?> spec, Map<String, JsonNode> fates) {
    assertThat(fields(spec, "", fates))
        .as(spec.getSimpleName())
        .containsExactlyInAnyOrderElementsOf(fates.keySet());
  }

  /**
   * All fields below a record. What has a fate as a whole is not looked into; the overrides and the
   * inline strategy have tables of their own.
   */
  private static Stream<String> fields(
      Class<?> record, String prefix, Map<String, JsonNode> fates) {
    return Arrays.stream(record.getRecordComponents())
        .flatMap(
            component -> {
              Class<?> below = recordBelow(component);
              String path = prefix + component.getName();
              if (below == FunctionOverrides.class || below == RolloutStrategySpec.class) {
                return Stream.empty();
              }
              if (below == null || fates.containsKey(path)) {
                return Stream.of(path);
              }
              String list = component.getType() == List.class ? "[]" : "";
              return fields(below, path + list + ".", fates);
            });
  }

  private static @Nullable Class<?> recordBelow(RecordComponent component) {
    Type type = component.getGenericType();
    if (component.getType() == List.class) {
      type = ((ParameterizedType) type).getActualTypeArguments()[0];
    }
    return type instanceof Class<?> record
            && record.isRecord()
            && Arrays.stream(record.getRecordComponents())
                .noneMatch(inner -> inner.getAccessor().isAnnotationPresent(JsonValue.class))
        ? record
        : null;
  }

  @TestFactory
  Stream<DynamicTest> a_function() {
    return tests(FUNCTION, "LambdaFunction hello: spec.", Situation::function);
  }

  @TestFactory
  Stream<DynamicTest> a_stage() {
    return tests(STAGE, "LambdaStage prod: spec.", Situation::stage);
  }

  @TestFactory
  Stream<DynamicTest> a_stages_overrides() {
    return tests(
        CONFIGURATION,
        "LambdaStage prod: spec.overrides.",
        (all, patch) -> all.stage(below("overrides", patch)));
  }

  @TestFactory
  Stream<DynamicTest> a_rollout() {
    return tests(ROLLOUT, "LambdaRollout roll: spec.", Situation::rollout);
  }

  @TestFactory
  Stream<DynamicTest> a_rollouts_overrides() {
    return tests(
        CONFIGURATION,
        "LambdaRollout roll: spec.stages[0].overrides.",
        (all, patch) -> all.entry(below("overrides", patch)));
  }

  @TestFactory
  Stream<DynamicTest> a_strategy() {
    return tests(STRATEGY, "RolloutStrategy careful: spec.", Situation::strategy);
  }

  @TestFactory
  Stream<DynamicTest> an_inline_strategy() {
    return tests(
        STRATEGY,
        "LambdaRollout roll: spec.stages[0].strategy.",
        (all, patch) ->
            all.entry("{strategyRef: null, strategy: {allAtOnce: {}}}")
                .entry(below("strategy", patch)));
  }

  private static String below(String field, String patch) {
    return JsonNodeFactory.instance.objectNode().set(field, Situation.yaml(patch)).toString();
  }

  private static Stream<DynamicTest> tests(
      Map<String, JsonNode> fates, String object, BiFunction<Situation, String, Situation> patch) {
    return fates.entrySet().stream()
        .map(
            row ->
                dynamicTest(
                    row.getKey(), () -> tryOut(row.getKey(), row.getValue(), object, patch)));
  }

  private static void tryOut(
      String field, JsonNode fate, String object, BiFunction<Situation, String, Situation> patch) {
    if (fate.isTextual()) {
      assertThat(fate.textValue()).as("who reads it").isNotBlank();
      return;
    }
    String pointer = "/" + field.replace("[]", "/0").replace('.', '/');
    assertThat(fate).anyMatch(value -> !value.at(pointer).isMissingNode(), "names the field");
    List<Situation> asked =
        fate.valueStream().map(value -> patch.apply(situation(field), value.toString())).toList();
    if (asked.size() == 2) {
      assertThat(asked.getFirst().known()).isNotEqualTo(asked.getLast().known());
    } else {
      assertThat(asked).hasSize(1);
      StageWanted.Invalid invalid = asked.getFirst().invalid();
      assertThat(invalid.field()).isEqualTo(object + field.replace("[]", "[0]"));
      assertThat(invalid.message()).contains("is not supported yet");
    }
  }

  private static Situation situation(String field) {
    boolean image = field.startsWith("code.image") || field.startsWith("imageConfig");
    Situation all =
        field.startsWith("code.published")
            ? Situation.published()
            : image ? Situation.image() : Situation.zip();
    for (String name : List.of("keys-a", "keys-b")) {
      all.secret(name, Map.of("aws_access_key_id", "id", "aws_secret_access_key", "key"));
    }
    for (String name : List.of("a", "b")) {
      all.configMap(name, Map.of("KEY", name)).secret(name, Map.of("KEY", "secret " + name));
    }
    return all;
  }
}
