package dev.lambdarollouts.app.configuration;

import java.util.stream.Collectors;

/** The settings as people read them: the table in docs/configuration.md and in {@code --help}. */
public final class ConfigurationReference {

  private ConfigurationReference() {}

  /** The whole of docs/configuration.md. */
  public static String markdown() {
    return """
    # Configuration

    The operator reads a YAML file, whose path the environment variable `LAMBDA_ROLLOUTS_CONFIG` names, and environment
    variables, which win over the file. In the file the keys are nested at their dots and lists are YAML lists; in the
    environment a list is separated by commas. Durations are written like `30s`, `5m`, `1h30m`.

    ```yaml
    lambda-rollouts:
      watch-namespaces: [shop, billing]
      alarm-poll-interval: 10s
      leader-election:
        retry-period: 2s
    ```

    Whatever is wrong or unknown is refused at start, all at once, with exit code 2. AWS is reached by the SDK's own settings
    (`AWS_REGION`, `AWS_ENDPOINT_URL`, the default chain of credentials), the cluster by `KUBECONFIG` or from inside it.

    | key | environment | default | allowed | meaning |
    |---|---|---|---|---|
    """
        + Settings.ALL.stream()
            .map(ConfigurationReference::row)
            .collect(Collectors.joining("\n", "", "\n"))
        + """

        This table is checked against the code by the build.
        """;
  }

  /** One line per setting, for a terminal. */
  public static String text() {
    return Settings.ALL.stream()
        .map(
            setting ->
                "  %-56s %s"
                    .formatted(
                        setting.variable(),
                        setting.standard().isEmpty()
                            ? "no default"
                            : "default " + setting.standard()))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static String row(Setting<?> setting) {
    return "| `%s` | `%s` | %s | %s | %s |"
        .formatted(
            setting.key(),
            setting.variable(),
            setting.standard().isEmpty() ? "" : "`" + setting.standard() + "`",
            setting.allowed(),
            setting.meaning());
  }
}
