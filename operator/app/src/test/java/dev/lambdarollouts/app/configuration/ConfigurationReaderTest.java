package dev.lambdarollouts.app.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lambdarollouts.app.configuration.OperatorConfiguration.Log;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationReaderTest {

  @TempDir Path folder;

  @Test
  void withoutFileAndEnvironmentTheDefaultsHold() {
    OperatorConfiguration configuration = ConfigurationReader.read(Map.of());

    assertThat(configuration).isEqualTo(OperatorConfiguration.defaults());
    assertThat(configuration.namespace()).isEqualTo("lambda-rollouts");
    assertThat(configuration.watchedNamespaces()).isEqualTo(NamespaceSelection.all());
    assertThat(configuration.secretsNamespaces()).isEqualTo(NamespaceSelection.none());
    assertThat(configuration.driftCheckInterval()).isEqualTo(Duration.ofMinutes(30));
    assertThat(configuration.alarmPollInterval()).isEqualTo(Duration.ofSeconds(5));
    assertThat(configuration.httpPort()).isEqualTo(8080);
    assertThat(configuration.leaderElection().enabled()).isTrue();
  }

  @Test
  void theFileSetsEveryKindOfValue() throws IOException {
    OperatorConfiguration configuration =
        ConfigurationReader.read(
            file(
                """
                lambda-rollouts:
                  namespace: ops
                  watch-namespaces: [shop, billing]
                  secrets-namespaces: [shop]
                  tenancy:
                    mode: Single
                  drift-check-interval: 1h30m
                  alarm-poll-interval: 1500ms
                  http-port: 9090
                  aws:
                    describe-alarms-requests-per-second: 9
                  leader-election:
                    enabled: false
                  log-level: debug
                  log-format: json
                """));

    assertThat(configuration.namespace()).isEqualTo("ops");
    assertThat(configuration.watchedNamespaces())
        .isEqualTo(NamespaceSelection.of(List.of("billing", "shop")));
    assertThat(configuration.secretsNamespaces().contains("shop")).isTrue();
    assertThat(configuration.secretsNamespaces().contains("billing")).isFalse();
    assertThat(configuration.driftCheckInterval()).isEqualTo(Duration.ofMinutes(90));
    assertThat(configuration.alarmPollInterval()).isEqualTo(Duration.ofMillis(1500));
    assertThat(configuration.httpPort()).isEqualTo(9090);
    assertThat(configuration.awsQuotas().describeAlarmsRequests()).isEqualTo(9);
    assertThat(configuration.leaderElection().enabled()).isFalse();
    assertThat(configuration.log()).isEqualTo(new Log(Log.Level.DEBUG, Log.Format.JSON));
  }

  @Test
  void theEnvironmentWinsOverTheFile() throws IOException {
    Map<String, String> environment =
        file(
            """
            lambda-rollouts:
              http-port: 9090
              namespace: ops
            """);
    environment.put("LAMBDA_ROLLOUTS_HTTP_PORT", "9191");
    environment.put("LAMBDA_ROLLOUTS_WATCH_NAMESPACES", "shop, billing");

    OperatorConfiguration configuration = ConfigurationReader.read(environment);

    assertThat(configuration.httpPort()).isEqualTo(9191);
    assertThat(configuration.namespace()).isEqualTo("ops");
    assertThat(configuration.watchedNamespaces())
        .isEqualTo(NamespaceSelection.of(List.of("billing", "shop")));
  }

  @Test
  void allProblemsAreToldAtOnceWithWhatWasFoundAndWhatToDo() throws IOException {
    Map<String, String> environment =
        file(
            """
            lambda-rollouts:
              http-port: 70000
              watch-namespaces: [Shop]
              alarm-poll-interval: soon
              tenancy:
                mode: Multi
              alarm-pol-interval: 5s
            other: 1
            """);
    environment.put("LAMBDA_ROLLOUTS_LEADER_ELECTION_ENABLED", "maybe");
    environment.put("LAMBDA_ROLLOUTS_COLOUR", "blue");

    assertThat(problems(environment))
        .extracting(ConfigurationProblem::toString)
        .containsExactlyInAnyOrder(
            "lambda-rollouts.http-port: found '70000'; write a number from 0 to 65535",
            "lambda-rollouts.watch-namespaces: found 'Shop'; 'Shop' is no namespace: lower-case"
                + " letters, digits and '-', at most 63",
            "lambda-rollouts.alarm-poll-interval: found 'soon'; write a duration like 30s, 5m,"
                + " 1h30m or 500ms",
            "lambda-rollouts.tenancy.mode: found 'Multi'; Multi is not supported yet: write Single,"
                + " and give the operator only AWS rights that every watched namespace may use",
            "lambda-rollouts.leader-election.enabled: found 'maybe'; write true or false",
            "lambda-rollouts.alarm-pol-interval: found in "
                + environment.get("LAMBDA_ROLLOUTS_CONFIG")
                + "; take it out: there is no such setting",
            "other: found in "
                + environment.get("LAMBDA_ROLLOUTS_CONFIG")
                + "; take it out: there is no such setting",
            "LAMBDA_ROLLOUTS_COLOUR: found in the environment; unset it: there is no such setting");
  }

  @Test
  void settingsThatContradictEachOtherAreRefused() {
    assertThat(
            problems(
                Map.of(
                    "LAMBDA_ROLLOUTS_LEADER_ELECTION_RENEW_DEADLINE", "20s",
                    "LAMBDA_ROLLOUTS_LEADER_ELECTION_RETRY_PERIOD", "10s",
                    "LAMBDA_ROLLOUTS_WATCH_NAMESPACES", "shop",
                    "LAMBDA_ROLLOUTS_SECRETS_NAMESPACES", "billing,shop")))
        .extracting(ConfigurationProblem::key, ConfigurationProblem::found)
        .containsExactlyInAnyOrder(
            org.assertj.core.api.Assertions.tuple(
                "lambda-rollouts.leader-election.renew-deadline", "20s"),
            org.assertj.core.api.Assertions.tuple(
                "lambda-rollouts.leader-election.retry-period", "10s"),
            org.assertj.core.api.Assertions.tuple(
                "lambda-rollouts.secrets-namespaces", "'billing'"));
  }

  @Test
  void aFileThatIsMissingOrNoYamlIsAProblemLikeAnyOther() throws IOException {
    assertThat(
            problems(
                Map.of(
                    "LAMBDA_ROLLOUTS_CONFIG",
                    folder.resolve("absent.yaml").toString(),
                    "LAMBDA_ROLLOUTS_HTTP_PORT",
                    "x")))
        .extracting(ConfigurationProblem::key)
        .containsExactly("LAMBDA_ROLLOUTS_CONFIG", "lambda-rollouts.http-port");
    assertThat(problems(file("lambda-rollouts: [")))
        .extracting(ConfigurationProblem::key)
        .containsExactly("LAMBDA_ROLLOUTS_CONFIG");
  }

  @Test
  void variablesThatKubernetesSetsBesideAServiceAreNoSettings() {
    Map<String, String> links =
        Map.of(
            "LAMBDA_ROLLOUTS_SERVICE_HOST", "10.0.0.1",
            "LAMBDA_ROLLOUTS_SERVICE_PORT", "8080",
            "LAMBDA_ROLLOUTS_SERVICE_PORT_METRICS", "8080",
            "LAMBDA_ROLLOUTS_PORT", "tcp://10.0.0.1:8080",
            "LAMBDA_ROLLOUTS_PORT_8080_TCP_ADDR", "10.0.0.1",
            "LAMBDA_ROLLOUTS_HTTP_PORT", "tcp://10.0.0.1:8080");

    assertThat(ConfigurationReader.read(links)).isEqualTo(OperatorConfiguration.defaults());
  }

  private List<ConfigurationProblem> problems(Map<String, String> environment) {
    return catchThrowableOfType(
            InvalidConfiguration.class, () -> ConfigurationReader.read(environment))
        .problems();
  }

  private Map<String, String> file(String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("configuration.yaml"), yaml);
    return new HashMap<>(Map.of("LAMBDA_ROLLOUTS_CONFIG", file.toString()));
  }

  @Test
  void usersWhoseApprovalsDoNotCountHaveColonsInTheirNames() {
    OperatorConfiguration configuration =
        ConfigurationReader.read(
            Map.of(
                "LAMBDA_ROLLOUTS_APPROVALS_IGNORED_USERS",
                "system:serviceaccount:argocd:argocd-server,robot"));
    assertThat(configuration.approvalsIgnoredUsers())
        .containsExactlyInAnyOrder("system:serviceaccount:argocd:argocd-server", "robot");
  }
}
