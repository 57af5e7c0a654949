package dev.lambdarollouts.app.configuration;

import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;

/**
 * Everything that is chosen at installation, complete and checked. The keys, their defaults and
 * bounds stand in {@link Settings}; docs/configuration.md shows them.
 *
 * @param namespace the operator's own: its identity Secret and its Lease live there
 * @param watchedNamespaces whose rollouts it takes care of
 * @param secretsNamespaces where it may read Secrets
 * @param approvalsIgnoredUsers whose Approve does not count
 * @param driftCheckInterval an idle alias costs one GetAlias in that time
 * @param alarmPollInterval how often the alarms of running rollouts are asked for
 * @param httpPort of health and metrics; 0: any free one
 * @param shutdownTimeout how long reconciles under way may take to finish when it is to stop
 */
public record OperatorConfiguration(
    String namespace,
    NamespaceSelection watchedNamespaces,
    NamespaceSelection secretsNamespaces,
    Tenancy tenancy,
    Set<String> approvalsIgnoredUsers,
    Duration driftCheckInterval,
    Duration alarmPollInterval,
    int httpPort,
    Duration shutdownTimeout,
    AwsQuotas awsQuotas,
    LeaderElection leaderElection,
    Log log) {

  public OperatorConfiguration {
    approvalsIgnoredUsers = Set.copyOf(new TreeSet<>(approvalsIgnoredUsers));
  }

  /** Which namespaces may use which AWS rights. */
  public enum Tenancy {
    /** Every watched namespace may use all of the operator's. */
    SINGLE
  }

  /**
   * Requests per second and per account and region that the operator allows itself, below what AWS
   * allows everybody in the account together.
   *
   * @param lambdaRequests all of Lambda's control plane but GetFunction; AWS allows 15
   * @param getFunctionRequests GetFunction, which has a quota of its own; AWS allows 100
   * @param describeAlarmsRequests CloudWatch DescribeAlarms; AWS allows 9 unless raised
   * @param describeAlarmHistoryRequests CloudWatch DescribeAlarmHistory; AWS allows 20
   */
  public record AwsQuotas(
      int lambdaRequests,
      int getFunctionRequests,
      int describeAlarmsRequests,
      int describeAlarmHistoryRequests) {}

  /**
   * Who acts when several run, by a Lease in the operator's own namespace.
   *
   * @param leaseDuration after so long without a renewal another may take over
   * @param renewDeadline after so long without a renewal the leader gives up and exits
   * @param retryPeriod how often the leader renews and the others try
   */
  public record LeaderElection(
      boolean enabled, Duration leaseDuration, Duration renewDeadline, Duration retryPeriod) {}

  /** How it writes its log. */
  public record Log(Level level, Format format) {
    /** From this level on lines are written. */
    public enum Level {
      ERROR,
      WARN,
      INFO,
      DEBUG,
      TRACE
    }

    /** What a line looks like. */
    public enum Format {
      /** {@link #CONSOLE} when a terminal is attached, else {@link #JSON}. */
      AUTO,
      /** One JSON object a line. */
      JSON,
      /** Text for people. */
      CONSOLE
    }
  }

  /** The defaults, as with neither file nor environment. */
  public static OperatorConfiguration defaults() {
    return Settings.configuration(key -> null, problem -> {});
  }
}
