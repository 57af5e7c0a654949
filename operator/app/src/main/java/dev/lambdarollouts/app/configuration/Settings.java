package dev.lambdarollouts.app.configuration;

import dev.lambdarollouts.app.configuration.OperatorConfiguration.AwsQuotas;
import dev.lambdarollouts.app.configuration.OperatorConfiguration.LeaderElection;
import dev.lambdarollouts.app.configuration.OperatorConfiguration.Log;
import dev.lambdarollouts.app.configuration.OperatorConfiguration.Tenancy;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The table of all settings: keys, defaults, bounds and meanings, and what they add up to. */
final class Settings {

  static final String PREFIX = "lambda-rollouts.";

  static final Setting<String> NAMESPACE =
      new Setting<>(
          PREFIX + "namespace",
          "lambda-rollouts",
          "a namespace",
          "The operator's own namespace: its identity Secret and its Lease live there. Made when it"
              + " is absent and the operator runs outside a cluster.",
          SettingText::namespace);

  static final Setting<NamespaceSelection> WATCH_NAMESPACES =
      new Setting<>(
          PREFIX + "watch-namespaces",
          "*",
          "namespaces, or `*` for all",
          "Whose rollouts it takes care of.",
          SettingText::namespaces);

  static final Setting<NamespaceSelection> SECRETS_NAMESPACES =
      new Setting<>(
          PREFIX + "secrets-namespaces",
          "",
          "namespaces, or `*` for all watched ones",
          "Where it may read Secrets; none by default. Elsewhere a `secretRef` is InvalidSpec. In a"
              + " namespace listed here whoever may write a LambdaFunction can read every Secret by"
              + " its `environmentFrom`, but those with AWS access keys and the operator's own.",
          SettingText::namespaces);

  static final Setting<Tenancy> TENANCY_MODE =
      new Setting<>(
          PREFIX + "tenancy.mode",
          "Single",
          "`Single`",
          "`Single`: every watched namespace may use all of the operator's AWS rights.",
          Settings::tenancy);

  static final Setting<Set<String>> APPROVALS_IGNORED_USERS =
      new Setting<>(
          PREFIX + "approvals-ignored-users",
          "",
          "user names, as Kubernetes writes them",
          "Whose Approve does not count and is Refused, such as a GitOps controller's:"
              + " `system:serviceaccount:argocd:argocd-server` (clicks),"
              + " `system:serviceaccount:argocd:argocd-application-controller` (syncs). Compared"
              + " exactly.",
          SettingText::set);

  static final Setting<Duration> DRIFT_CHECK_INTERVAL =
      new Setting<>(
          PREFIX + "drift-check-interval",
          "30m",
          "`1m` to `24h`",
          "How often an alias at rest is looked at: one GetAlias in that time, spread evenly.",
          SettingText.duration("1m", "24h"));

  static final Setting<Duration> ALARM_POLL_INTERVAL =
      new Setting<>(
          PREFIX + "alarm-poll-interval",
          "5s",
          "`1s` to `10s`",
          "How often CloudWatch is asked for the alarms of running rollouts, all of an account and"
              + " region together.",
          SettingText.duration("1s", "10s"));

  static final Setting<Integer> HTTP_PORT =
      new Setting<>(
          PREFIX + "http-port",
          "8080",
          "0 to 65535; 0 takes a free one",
          "Where /healthz, /readyz and /metrics answer.",
          SettingText.number(0, 65535));

  static final Setting<Duration> SHUTDOWN_TIMEOUT =
      new Setting<>(
          PREFIX + "shutdown-timeout",
          "10s",
          "`1s` to `5m`",
          "How long reconciles under way may take to finish when it is told to stop. Past that its"
              + " Lease is left to expire instead of being released.",
          SettingText.duration("1s", "5m"));

  static final Setting<Integer> LAMBDA_REQUESTS =
      new Setting<>(
          PREFIX + "aws.lambda-requests-per-second",
          "10",
          "1 to 1000",
          "Lambda control plane calls, per account and region. AWS allows 15 to everybody in the"
              + " account together: leave some to others.",
          SettingText.number(1, 1000));

  static final Setting<Integer> GET_FUNCTION_REQUESTS =
      new Setting<>(
          PREFIX + "aws.get-function-requests-per-second",
          "60",
          "1 to 1000",
          "GetFunction calls, per account and region, which have a quota of their own: 100.",
          SettingText.number(1, 1000));

  static final Setting<Integer> DESCRIBE_ALARMS_REQUESTS =
      new Setting<>(
          PREFIX + "aws.describe-alarms-requests-per-second",
          "5",
          "1 to 1000",
          "CloudWatch DescribeAlarms calls, per account and region. AWS allows 9 unless raised.",
          SettingText.number(1, 1000));

  static final Setting<Integer> DESCRIBE_ALARM_HISTORY_REQUESTS =
      new Setting<>(
          PREFIX + "aws.describe-alarm-history-requests-per-second",
          "10",
          "1 to 1000",
          "CloudWatch DescribeAlarmHistory calls, per account and region. AWS allows 20.",
          SettingText.number(1, 1000));

  static final Setting<Boolean> LEADER_ELECTION =
      new Setting<>(
          PREFIX + "leader-election.enabled",
          "true",
          "`true`, `false`",
          "Whether a Lease says who acts. Switch it off only where one process can ever run.",
          SettingText::yesOrNo);

  static final Setting<Duration> LEASE_DURATION =
      new Setting<>(
          PREFIX + "leader-election.lease-duration",
          "15s",
          "`2s` to `5m`",
          "After so long without a renewal another may take over.",
          SettingText.duration("2s", "5m"));

  static final Setting<Duration> RENEW_DEADLINE =
      new Setting<>(
          PREFIX + "leader-election.renew-deadline",
          "10s",
          "`1s` to `5m`, less than lease-duration",
          "After so long without a renewal the leader stops writing and exits.",
          SettingText.duration("1s", "5m"));

  static final Setting<Duration> RETRY_PERIOD =
      new Setting<>(
          PREFIX + "leader-election.retry-period",
          "500ms",
          "`100ms` to `1m`, less than renew-deadline / 2.2",
          "How often the leader renews and the others try.",
          SettingText.duration("100ms", "1m"));

  static final Setting<Log.Level> LOG_LEVEL =
      new Setting<>(
          PREFIX + "log-level",
          "info",
          "`error`, `warn`, `info`, `debug`, `trace`",
          "From this level on lines are written.",
          SettingText.oneOf(Log.Level.class));

  static final Setting<Log.Format> LOG_FORMAT =
      new Setting<>(
          PREFIX + "log-format",
          "auto",
          "`auto`, `json`, `console`",
          "`json`: one object a line; `console`: text for people; `auto`: `console` where a"
              + " terminal is attached, else `json`.",
          SettingText.oneOf(Log.Format.class));

  /** In the order in which people read them. */
  static final List<Setting<?>> ALL =
      List.of(
          NAMESPACE,
          WATCH_NAMESPACES,
          SECRETS_NAMESPACES,
          TENANCY_MODE,
          APPROVALS_IGNORED_USERS,
          DRIFT_CHECK_INTERVAL,
          ALARM_POLL_INTERVAL,
          HTTP_PORT,
          SHUTDOWN_TIMEOUT,
          LAMBDA_REQUESTS,
          GET_FUNCTION_REQUESTS,
          DESCRIBE_ALARMS_REQUESTS,
          DESCRIBE_ALARM_HISTORY_REQUESTS,
          LEADER_ELECTION,
          LEASE_DURATION,
          RENEW_DEADLINE,
          RETRY_PERIOD,
          LOG_LEVEL,
          LOG_FORMAT);

  private Settings() {}

  /**
   * What the texts add up to. A text that is refused is told to {@code problems} and its default
   * taken.
   *
   * @param texts the text of a key, null where none is given
   */
  static OperatorConfiguration configuration(
      UnaryOperator<@Nullable String> texts, Consumer<ConfigurationProblem> problems) {
    Values values = new Values(texts, problems);
    OperatorConfiguration configuration =
        new OperatorConfiguration(
            values.of(NAMESPACE),
            values.of(WATCH_NAMESPACES),
            values.of(SECRETS_NAMESPACES),
            values.of(TENANCY_MODE),
            values.of(APPROVALS_IGNORED_USERS),
            values.of(DRIFT_CHECK_INTERVAL),
            values.of(ALARM_POLL_INTERVAL),
            values.of(HTTP_PORT),
            values.of(SHUTDOWN_TIMEOUT),
            new AwsQuotas(
                values.of(LAMBDA_REQUESTS),
                values.of(GET_FUNCTION_REQUESTS),
                values.of(DESCRIBE_ALARMS_REQUESTS),
                values.of(DESCRIBE_ALARM_HISTORY_REQUESTS)),
            new LeaderElection(
                values.of(LEADER_ELECTION),
                values.of(LEASE_DURATION),
                values.of(RENEW_DEADLINE),
                values.of(RETRY_PERIOD)),
            new Log(values.of(LOG_LEVEL), values.of(LOG_FORMAT)));
    SettingsTogether.judge(configuration, problems);
    return configuration;
  }

  private static Tenancy tenancy(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "single" -> Tenancy.SINGLE;
      case "multi" ->
          throw new IllegalArgumentException(
              "Multi is not supported yet: write Single, and give the operator only AWS rights that"
                  + " every watched namespace may use");
      default -> throw new IllegalArgumentException("write Single");
    };
  }

  /** Reads one setting after the other. */
  private record Values(
      UnaryOperator<@Nullable String> texts, Consumer<ConfigurationProblem> problems) {

    <T> T of(Setting<T> setting) {
      String text = texts.apply(setting.key());
      if (text != null) {
        try {
          return setting.reading().apply(text);
        } catch (IllegalArgumentException e) {
          problems.accept(
              new ConfigurationProblem(
                  setting.key(), "'" + text + "'", String.valueOf(e.getMessage())));
        }
      }
      return setting.reading().apply(setting.standard());
    }
  }
}
