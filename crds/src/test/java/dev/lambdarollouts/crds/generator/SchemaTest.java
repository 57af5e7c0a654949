package dev.lambdarollouts.crds.generator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.crds.LambdaRolloutsApi;
import dev.lambdarollouts.crds.common.LambdaRolloutsResource;
import dev.lambdarollouts.crds.function.FunctionConfiguration;
import dev.lambdarollouts.crds.function.LambdaFunction;
import dev.lambdarollouts.crds.stage.LambdaStage;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every field of every kind. */
class SchemaTest {
  /** Kubernetes refuses an annotation of more, and {@code kubectl apply} puts the CRD into one. */
  private static final int LONGEST_ANNOTATION = 262_144;

  private record Field(String path, JSONSchemaProps schema, boolean inList) {
    Stream<Field> walk() {
      return Stream.concat(Stream.of(this), below().flatMap(Field::walk));
    }

    private Stream<Field> below() {
      if (schema.getItems() != null) {
        return Stream.of(new Field(path + "[]", schema.getItems().getSchema(), true));
      }
      if (schema.getAdditionalProperties() != null) {
        return Stream.of(
            new Field(path + ".{}", schema.getAdditionalProperties().getSchema(), inList));
      }
      return schema.getProperties().entrySet().stream()
          .map(entry -> new Field(path + "." + entry.getKey(), entry.getValue(), inList));
    }
  }

  static List<Class<? extends LambdaRolloutsResource<?, ?>>> kinds() {
    return CrdManifests.KINDS;
  }

  private static Stream<Field> fields(Class<? extends LambdaRolloutsResource<?, ?>> kind) {
    return new Field("", CrdManifests.schema(kind), false).walk();
  }

  private static List<String> offenders(Stream<Field> fields, Predicate<JSONSchemaProps> offence) {
    return fields.filter(field -> offence.test(field.schema())).map(Field::path).toList();
  }

  private static Stream<Field> specFields(Class<? extends LambdaRolloutsResource<?, ?>> kind) {
    return fields(kind).filter(field -> field.path().startsWith(".spec"));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void every_field_has_a_description_that_is_a_sentence(
      Class<? extends LambdaRolloutsResource<?, ?>> kind) {
    assertThat(
            offenders(
                fields(kind).filter(field -> !field.path().matches(".*(\\[]|\\{})")),
                schema ->
                    schema.getDescription() == null
                        || !schema.getDescription().matches("(?s)[A-Z0-9].{2,}[.}]")))
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void no_list_item_has_a_default(Class<? extends LambdaRolloutsResource<?, ?>> kind) {
    assertThat(offenders(fields(kind).filter(Field::inList), schema -> schema.getDefault() != null))
        .isEmpty();
  }

  @Test
  void what_is_hashed_into_a_release_has_no_default() {
    Set<String> hashed =
        Arrays.stream(FunctionConfiguration.class.getMethods())
            .map(Method::getName)
            .collect(Collectors.toSet());
    hashed.add("code");

    assertThat(
            offenders(
                specFields(LambdaFunction.class)
                    .filter(
                        field ->
                            hashed.contains(
                                field.path().replaceFirst("^\\.spec\\.?(\\w*).*", "$1"))),
                schema -> schema.getDefault() != null))
        .isEmpty();
    assertThat(
            offenders(
                fields(LambdaStage.class)
                    .filter(field -> field.path().startsWith(".spec.overrides")),
                schema -> schema.getDefault() != null))
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void every_text_of_a_spec_is_bounded(Class<? extends LambdaRolloutsResource<?, ?>> kind) {
    assertThat(
            offenders(
                specFields(kind),
                schema ->
                    "string".equals(schema.getType())
                        && schema.getMaxLength() == null
                        && schema.getEnum().isEmpty()
                        && schema.getFormat() == null))
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void every_number_of_a_spec_is_bounded(Class<? extends LambdaRolloutsResource<?, ?>> kind) {
    assertThat(
            offenders(
                specFields(kind),
                schema ->
                    "integer".equals(schema.getType())
                        && (schema.getMinimum() == null || schema.getMaximum() == null)))
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void every_list_and_map_of_a_spec_is_bounded(Class<? extends LambdaRolloutsResource<?, ?>> kind) {
    assertThat(
            offenders(
                specFields(kind),
                schema ->
                    (schema.getItems() != null && schema.getMaxItems() == null)
                        || (schema.getAdditionalProperties() != null
                            && schema.getMaxProperties() == null)))
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void no_report_can_be_refused_for_its_size_or_by_a_rule(
      Class<? extends LambdaRolloutsResource<?, ?>> kind) {
    assertThat(
            offenders(
                fields(kind)
                    .filter(field -> field.path().startsWith(".status"))
                    .filter(field -> !field.path().contains(".conditions[]")),
                schema ->
                    schema.getMaxItems() != null
                        || schema.getMaxLength() != null
                        || !schema.getXKubernetesValidations().isEmpty()))
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void every_rule_stands_once_and_has_a_message(
      Class<? extends LambdaRolloutsResource<?, ?>> kind) {
    assertThat(fields(kind).map(Field::schema).map(JSONSchemaProps::getXKubernetesValidations))
        .allSatisfy(
            rules ->
                assertThat(rules)
                    .doesNotHaveDuplicates()
                    .allMatch(rule -> rule.getMessage() != null));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void conditions_are_a_map_by_type(Class<? extends LambdaRolloutsResource<?, ?>> kind) {
    JSONSchemaProps status = CrdManifests.property(CrdManifests.schema(kind), "status");
    JSONSchemaProps conditions = CrdManifests.property(status, "conditions");

    assertThat(conditions.getXKubernetesListType()).isEqualTo("map");
    assertThat(conditions.getXKubernetesListMapKeys()).containsExactly("type");
  }

  @Test
  void names_are_those_of_the_api() {
    assertThat(
            CrdManifests.KINDS.stream()
                .map(CrdManifests::definition)
                .map(CustomResourceDefinition::getSpec)
                .collect(
                    Collectors.toMap(
                        spec -> spec.getNames().getKind() + "/" + spec.getNames().getPlural(),
                        spec -> spec.getNames().getShortNames())))
        .isEqualTo(
            Map.of(
                "LambdaFunction/lambdafunctions", List.of("lfn"),
                "LambdaStage/lambdastages", List.of("lst"),
                "RolloutStrategy/rolloutstrategies", List.of("lrs"),
                "LambdaRollout/lambdarollouts", List.of("lro"),
                "RolloutAction/rolloutactions", List.of("lra")));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void every_kind_is_namespaced_in_the_category_and_reports_apart(
      Class<? extends LambdaRolloutsResource<?, ?>> kind) {
    var spec = CrdManifests.definition(kind).getSpec();

    assertThat(spec.getGroup()).isEqualTo("lambdarollouts.dev");
    assertThat(spec.getScope()).isEqualTo("Namespaced");
    assertThat(spec.getNames().getCategories()).containsExactly(LambdaRolloutsApi.CATEGORY);
    assertThat(spec.getVersions())
        .singleElement()
        .satisfies(
            version -> {
              assertThat(version.getName()).isEqualTo("v1alpha1");
              assertThat(version.getSubresources().getStatus()).isNotNull();
            });
  }

  @Test
  void kubectl_apply_can_hold_each_crd_in_its_annotation() {
    assertThat(CrdManifests.byFileName().values())
        .allMatch(yaml -> yaml.length() < LONGEST_ANNOTATION);
  }
}
