package dev.lambdarollouts.acceptance.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import dev.lambdarollouts.app.configuration.ConfigurationReader;
import dev.lambdarollouts.app.configuration.NamespaceSelection;
import dev.lambdarollouts.app.configuration.OperatorConfiguration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChartRenderingTest {

  @TempDir Path folder;

  @Test
  void helmFindsNothingToCriticise() {
    LintResult lint = new Helm(Chart.FOLDER).lint().strict().call();

    assertThat(lint.isFailed()).as("%s", lint.getMessages()).isFalse();
  }

  @Test
  void withoutAnImageItIsRefusedWithARemedy() {
    assertThatThrownBy(() -> Chart.text(""))
        .hasMessageContaining("image.repository: no image is published yet");
  }

  @Test
  void itHoldsTheVeryCustomResourcesThatTheModuleCrdsMakes() throws IOException {
    holds("crds/manifests", "files/crds");
  }

  @Test
  void itHoldsTheVeryPoliciesAndRolesThatStandBesideTheCustomResources() throws IOException {
    holds("crds/policies", "files/policies");
  }

  private static void holds(String original, String copy) throws IOException {
    Path generated = Chart.FOLDER.resolve("../..").resolve(original).normalize();
    Path shipped = Chart.FOLDER.resolve(copy);
    if (Boolean.getBoolean("chart.write")) {
      for (String name : names(generated)) {
        Files.writeString(shipped.resolve(name), Files.readString(generated.resolve(name)));
      }
    }

    assertThat(names(shipped)).isEqualTo(names(generated)).isNotEmpty();
    for (String name : names(generated)) {
      assertThat(shipped.resolve(name))
          .as("copy it anew: cp %s/* helm/lambda-rollouts/%s/", original, copy)
          .hasSameTextualContentAs(generated.resolve(name));
    }
  }

  @Test
  void renderingChangesNothingInACustomResourceButThatItStays() throws IOException {
    List<JsonNode> rendered =
        Chart.ofKind(Chart.rendered("crds: {keep: false}\n"), "CustomResourceDefinition").toList();
    List<JsonNode> kept = Chart.ofKind(Chart.rendered(""), "CustomResourceDefinition").toList();

    assertThat(rendered).hasSize(5).hasSameElementsAs(shipped());
    assertThat(kept)
        .hasSize(5)
        .allSatisfy(
            crd ->
                assertThat(
                        crd.path("metadata")
                            .path("annotations")
                            .path("helm.sh/resource-policy")
                            .asText())
                    .isEqualTo("keep"));
    assertThat(Chart.ofKind(Chart.rendered("crds: {install: false}\n"), "CustomResourceDefinition"))
        .isEmpty();
  }

  @Test
  void theOperatorTakesTheRenderedConfiguration() throws IOException {
    OperatorConfiguration configuration =
        configuration(
            """
            watchNamespaces: [shop, billing]
            secretsNamespaces: [shop]
            alarmPollInterval: 10s
            aws: {describeAlarmsRequestsPerSecond: 9}
            leaderElection: {retryPeriod: 2s}
            log: {level: debug}
            """);

    assertThat(configuration.namespace()).isEqualTo("ops");
    assertThat(configuration.watchedNamespaces())
        .isEqualTo(NamespaceSelection.of(List.of("shop", "billing")));
    assertThat(configuration.secretsNamespaces()).isEqualTo(NamespaceSelection.of(List.of("shop")));
    assertThat(configuration.alarmPollInterval()).isEqualTo(Duration.ofSeconds(10));
    assertThat(configuration.awsQuotas().describeAlarmsRequests()).isEqualTo(9);
    assertThat(configuration.leaderElection().retryPeriod()).isEqualTo(Duration.ofSeconds(2));
    assertThat(configuration.log().level()).isEqualTo(OperatorConfiguration.Log.Level.DEBUG);
  }

  @Test
  void itsDefaultsAreTheOperatorsOwnButForTheNamespaceAndTheLogsFormat() throws IOException {
    OperatorConfiguration chart = configuration("");
    OperatorConfiguration operator =
        ConfigurationReader.read(
            Map.of(
                "LAMBDA_ROLLOUTS_NAMESPACE", "ops",
                "LAMBDA_ROLLOUTS_LOG_FORMAT", "json"));

    assertThat(chart).isEqualTo(operator);
  }

  @Test
  void everySettingCanBeSetByAValue() throws IOException {
    String page = Files.readString(Chart.FOLDER.resolve("../../docs/configuration.md"));
    List<String> lastParts =
        Pattern.compile("^\\| `lambda-rollouts\\.(?:[^`]*\\.)?([^.`]+)`", Pattern.MULTILINE)
            .matcher(page)
            .results()
            .map(key -> key.group(1))
            .toList();

    assertThat(lastParts).hasSizeGreaterThan(15);
    assertThat(lastParts).allSatisfy(key -> assertThat(configurationFile("")).contains(key + ": "));
  }

  @Test
  void aChangedConfigurationMakesNewPods() {
    assertThat(checksum("")).isNotEqualTo(checksum("alarmPollInterval: 10s\n"));
    assertThat(checksum("")).isEqualTo(checksum("replicas: 3\n"));
  }

  @Test
  void theImageIsNamedByTagOrByDigest() {
    String digest = "sha256:" + "a".repeat(64);

    assertThat(image("")).isEqualTo("registry.example/lambda-rollouts-operator:0.1.0-SNAPSHOT");
    assertThat(image("image: {repository: r.example/x, tag: v7}\n")).isEqualTo("r.example/x:v7");
    assertThat(image("image: {repository: r.example/x, tag: v7, digest: '" + digest + "'}\n"))
        .isEqualTo("r.example/x@" + digest);
  }

  @Test
  void severalWithoutLeaderElectionAreRefused() {
    assertThatThrownBy(() -> Chart.rendered("leaderElection: {enabled: false}\n"))
        .hasMessageContaining("replicas: more than 1 needs leaderElection.enabled");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          watchNamespace: [shop]                        | watchNamespace
          watchNamespaces: [Shop]                       | watchNamespaces
          watchNamespaces: shop                         | watchNamespaces
          secretsNamespaces: ['*', shop]                | secretsNamespaces
          tenancy: {mode: Multi}                        | mode
          alarmPollInterval: 5                          | alarmPollInterval
          alarmPollInterval: soon                       | alarmPollInterval
          httpPort: 80                                  | httpPort
          replicas: -1                                  | replicas
          log: {level: loud}                            | level
          aws: {region: Frankfurt}                      | region
          aws: {lambdaRequestsPerSecond: 0}             | lambdaRequestsPerSecond
          image: {digest: latest}                       | digest
          leaderElection: {enabled: 'yes'}              | enabled
          serviceAccount: {annotations: {a: 1}}         | annotations
          """)
  void theSchemaRefuses(String value, String named) {
    assertThatThrownBy(() -> Chart.text(value + "\n"))
        .hasMessageContaining("values don't meet the specifications of the schema")
        .hasMessageContaining(named);
  }

  private OperatorConfiguration configuration(String values) throws IOException {
    Path file = Files.writeString(folder.resolve("configuration.yaml"), configurationFile(values));
    return ConfigurationReader.read(Map.of("LAMBDA_ROLLOUTS_CONFIG", file.toString()));
  }

  private static String configurationFile(String values) {
    return Chart.only(Chart.rendered(values), "ConfigMap")
        .path("data")
        .path("configuration.yaml")
        .asText();
  }

  private static String checksum(String values) {
    return podTemplate(values)
        .path("metadata")
        .path("annotations")
        .path("checksum/configuration")
        .asText();
  }

  private static String image(String values) {
    return podTemplate(values).path("spec").path("containers").path(0).path("image").asText();
  }

  private static JsonNode podTemplate(String values) {
    String all = values.startsWith("image:") ? values : Chart.LEAST + values;
    return Chart.only(Chart.parsed(Chart.text(all)), "Deployment").path("spec").path("template");
  }

  private static List<JsonNode> shipped() throws IOException {
    Path folder = Chart.FOLDER.resolve("files/crds");
    return names(folder).stream()
        .flatMap(
            name -> {
              try {
                return Chart.parsed(Files.readString(folder.resolve(name))).stream();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            })
        .toList();
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
