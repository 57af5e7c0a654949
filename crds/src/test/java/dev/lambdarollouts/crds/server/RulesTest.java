package dev.lambdarollouts.crds.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.lambdarollouts.crds.generator.CrdManifests;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each rule of {@code src/test/resources/rules}: a spec that passes, one that is refused, and what
 * the refusal says.
 */
class RulesTest {
  /**
   * One rule.
   *
   * @param from the stored spec that the other two are changes of; absent: both are new objects
   * @param says all of it must be found in the API server's message
   */
  record RuleCase(
      String rule,
      @Nullable Map<String, Object> from,
      Map<String, Object> passes,
      Map<String, Object> refused,
      List<String> says) {}

  private final CrdCluster cluster = CrdCluster.get();

  static Stream<Arguments> rules() {
    return CrdManifests.KINDS.stream()
        .map(HasMetadata::getKind)
        .flatMap(
            kind ->
                read(kind).stream()
                    .map(each -> Arguments.argumentSet(kind + ": " + each.rule(), kind, each)));
  }

  static List<RuleCase> read(String kind) {
    Path file = Path.of("src/test/resources/rules", kind.toLowerCase(Locale.ROOT) + ".yaml");
    try {
      return new YAMLMapper().readValue(file.toFile(), new TypeReference<List<RuleCase>>() {});
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  @ParameterizedTest
  @MethodSource("rules")
  void holds(String kind, RuleCase rule) {
    String name = "r-" + UUID.randomUUID();
    GenericKubernetesResource passes = cluster.object(kind, name, Map.of("spec", rule.passes()));
    GenericKubernetesResource refused = cluster.object(kind, name, Map.of("spec", rule.refused()));

    if (rule.from() == null) {
      assertThat(cluster.refusalOf(passes)).isEmpty();
      assertSays(rule, cluster.refusalOf(refused));
    } else {
      var stored = cluster.create(cluster.object(kind, name, Map.of("spec", rule.from())));
      assertThat(cluster.refusalOfChange(passes)).isEmpty();
      assertSays(rule, cluster.refusalOfChange(refused));
      cluster.delete(stored);
    }
  }

  @Test
  void every_rule_of_the_crds_is_tried() {
    List<String> said =
        CrdManifests.KINDS.stream()
            .flatMap(kind -> read(HasMetadata.getKind(kind)).stream())
            .flatMap(rule -> rule.says().stream())
            .filter(text -> !text.startsWith("spec"))
            .toList();

    assertThat(CrdManifests.KINDS.stream().map(CrdManifests::schema).flatMap(RulesTest::messages))
        .allSatisfy(message -> assertThat(said).anyMatch(message::contains));
  }

  private static Stream<String> messages(JSONSchemaProps schema) {
    return Stream.of(
            schema.getXKubernetesValidations().stream().map(ValidationRule::getMessage),
            schema.getProperties().values().stream().flatMap(RulesTest::messages),
            Stream.ofNullable(schema.getItems()).flatMap(items -> messages(items.getSchema())))
        .flatMap(each -> each);
  }

  private static void assertSays(RuleCase rule, Optional<String> refusal) {
    assertThat(refusal).hasValueSatisfying(message -> assertThat(message).contains(rule.says()));
  }
}
