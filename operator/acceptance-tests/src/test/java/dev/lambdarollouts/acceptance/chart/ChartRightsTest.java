package dev.lambdarollouts.acceptance.chart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChartRightsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "watchNamespaces: [shop, billing]\n",
        "secretsNamespaces: ['*']\n",
        "watchNamespaces: [shop]\nsecretsNamespaces: ['*']\n",
        "secretsNamespaces: [shop]\n"
      })
  void noRightIsAWildcard(String values) {
    assertThat(rules(operators(values)))
        .isNotEmpty()
        .allSatisfy(
            rule ->
                assertThat(
                        Stream.of("apiGroups", "resources", "verbs", "resourceNames")
                            .flatMap(part -> Chart.elements(rule.path(part)))
                            .map(JsonNode::asText))
                    .noneMatch(text -> text.contains("*")));
  }

  @Test
  void watchingAllNeedsAClusterRoleAndWatchingSomeNone() {
    assertThat(places(operators(""), "lambdarollouts")).containsExactly("cluster");
    List<JsonNode> some = operators("watchNamespaces: [shop, billing]\n");

    assertThat(places(some, "lambdarollouts")).containsOnly("shop", "billing");
    assertThat(Chart.ofKind(some, "ClusterRole", "ClusterRoleBinding")).isEmpty();
  }

  @Test
  void secretsAreReadOnlyWhereTheValuesSay() {
    assertThat(secretsReadIn("")).isEmpty();
    assertThat(secretsReadIn("secretsNamespaces: [shop]\n")).containsExactly("shop");
    assertThat(secretsReadIn("watchNamespaces: [shop, billing]\nsecretsNamespaces: ['*']\n"))
        .containsExactly("shop", "billing");
    assertThat(secretsReadIn("secretsNamespaces: ['*']\n")).containsExactly("cluster");
  }

  @Test
  void nothingOfSecretsIsChangedButTheIdentityMadeInItsOwnNamespace() {
    List<JsonNode> resources = operators("secretsNamespaces: [shop]\n");

    assertThat(
            Chart.ofKind(resources, "Role", "ClusterRole")
                .filter(role -> !place(role).equals("ops"))
                .flatMap(role -> Chart.elements(role.path("rules")))
                .filter(rule -> Chart.texts(rule.path("resources")).contains("secrets"))
                .flatMap(rule -> Chart.texts(rule.path("verbs")).stream()))
        .containsOnly("get", "list", "watch");
    assertThat(
            Chart.ofKind(resources, "Role")
                .filter(role -> place(role).equals("ops"))
                .flatMap(role -> Chart.elements(role.path("rules")))
                .filter(rule -> Chart.texts(rule.path("resources")).contains("secrets"))
                .map(
                    rule ->
                        Chart.texts(rule.path("verbs"))
                            + " of "
                            + Chart.texts(rule.path("resourceNames"))))
        .containsExactly("[get] of [lambda-rollouts-identity]", "[create] of []");
  }

  @Test
  void everyRoleIsBoundToTheOperatorsServiceAccountAndToNobodyElse() {
    List<JsonNode> resources = operators("watchNamespaces: [shop]\nsecretsNamespaces: [shop]\n");
    List<String> roles =
        Chart.ofKind(resources, "Role", "ClusterRole").map(ChartRightsTest::named).toList();
    List<JsonNode> bindings = Chart.ofKind(resources, "RoleBinding", "ClusterRoleBinding").toList();

    assertThat(bindings.stream().map(ChartRightsTest::named)).hasSameElementsAs(roles);
    assertThat(bindings)
        .allSatisfy(
            binding -> {
              assertThat(binding.path("roleRef").path("name"))
                  .isEqualTo(binding.path("metadata").path("name"));
              assertThat(binding.path("subjects")).hasSize(1);
              assertThat(binding.path("subjects").path(0).toString())
                  .isEqualTo(
                      "{\"kind\":\"ServiceAccount\",\"name\":\"lr-lambda-rollouts\",\"namespace\":\"ops\"}");
            });
  }

  /** Without what is for people and bound to nobody. */
  private static List<JsonNode> operators(String values) {
    return Chart.rendered(values + "peopleRoles: {create: false}\n");
  }

  @Test
  void theRolesForPeopleAreBoundToNobodyAndWriteNoStatus() {
    List<JsonNode> people =
        Chart.ofKind(Chart.rendered("watchNamespaces: [shop]\n"), "ClusterRole").toList();

    assertThat(people.stream().map(role -> role.path("metadata").path("name").asText()))
        .containsExactlyInAnyOrder(
            "lambda-rollouts-viewer", "lambda-rollouts-editor", "lambda-rollouts-approver");
    assertThat(
            people.stream()
                .flatMap(role -> Chart.elements(role.path("rules")))
                .flatMap(rule -> Chart.texts(rule.path("resources")).stream()))
        .noneMatch(resource -> resource.contains("/"));
    assertThat(
            Chart.ofKind(Chart.rendered(""), "RoleBinding", "ClusterRoleBinding")
                .map(binding -> binding.path("roleRef").path("name").asText()))
        .noneMatch(role -> role.matches("lambda-rollouts-(viewer|editor|approver)"));
  }

  private static Stream<JsonNode> rules(List<JsonNode> resources) {
    return Chart.ofKind(resources, "Role", "ClusterRole")
        .flatMap(role -> Chart.elements(role.path("rules")));
  }

  /** Where Secrets may be read, but for the identity. */
  private static List<String> secretsReadIn(String values) {
    return Chart.ofKind(operators(values), "Role", "ClusterRole")
        .filter(
            role ->
                Chart.elements(role.path("rules"))
                    .anyMatch(
                        rule ->
                            Chart.texts(rule.path("resources")).contains("secrets")
                                && Chart.texts(rule.path("verbs")).contains("get")
                                && rule.path("resourceNames").isMissingNode()))
        .map(ChartRightsTest::place)
        .toList();
  }

  private static List<String> places(List<JsonNode> resources, String resource) {
    return Chart.ofKind(resources, "Role", "ClusterRole")
        .filter(
            role ->
                Chart.elements(role.path("rules"))
                    .anyMatch(rule -> Chart.texts(rule.path("resources")).contains(resource)))
        .map(ChartRightsTest::place)
        .toList();
  }

  private static String place(JsonNode role) {
    return role.path("metadata").path("namespace").asText("cluster");
  }

  private static String named(JsonNode resource) {
    return place(resource) + "/" + resource.path("metadata").path("name").asText();
  }
}
