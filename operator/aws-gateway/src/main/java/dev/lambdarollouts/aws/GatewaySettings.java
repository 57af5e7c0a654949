package dev.lambdarollouts.aws;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What can be set about the way into AWS.
 *
 * @param quotas shares of AWS' request quotas
 * @param alarmPollInterval how often DescribeAlarms is asked while somebody watches
 * @param alarmStaleness from which age on a sample says nothing; a gap between polls that is longer
 *     breaks the watch
 * @param endpoint of all AWS services; absent: the SDK's own settings ({@code AWS_ENDPOINT_URL} and
 *     its kin, else AWS)
 */
public record GatewaySettings(
    Quotas quotas, Duration alarmPollInterval, Duration alarmStaleness, @Nullable URI endpoint) {

  /** 5 s between polls, 60 s staleness, AWS by the SDK's own settings. */
  public static final GatewaySettings DEFAULT =
      new GatewaySettings(Quotas.DEFAULT, Duration.ofSeconds(5), Duration.ofSeconds(60), null);

  public GatewaySettings {
    if (!alarmPollInterval.isPositive()) {
      throw new IllegalArgumentException(
          "the alarm poll interval must be more than 0, found " + alarmPollInterval);
    }
    if (alarmStaleness.compareTo(alarmPollInterval) <= 0) {
      throw new IllegalArgumentException(
          "the alarm staleness ("
              + alarmStaleness
              + ") must be longer than the poll interval ("
              + alarmPollInterval
              + ")");
    }
  }
}
