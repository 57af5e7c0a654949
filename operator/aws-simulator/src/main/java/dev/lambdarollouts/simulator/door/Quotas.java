package dev.lambdarollouts.simulator.door;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * AWS' request quotas per account and region (Lambda quotas; CloudWatch service quotas), in
 * simulated time: a bucket that holds one second's requests and fills evenly.
 */
final class Quotas {
  private final Map<Group, Bucket> buckets = new ConcurrentHashMap<>();

  private record Group(String account, String region, String name, double perSecond) {}

  private record Bucket(double tokens, Instant at) {}

  /** Whether the call is within its quota; it is then counted. */
  boolean admit(Attempt attempt) {
    Group group = group(attempt);
    if (group.perSecond() == Double.POSITIVE_INFINITY) {
      return true;
    }
    boolean[] admitted = new boolean[1];
    buckets.compute(
        group,
        (key, bucket) -> {
          double tokens = filled(bucket, group.perSecond(), attempt.at());
          admitted[0] = tokens >= 1;
          return new Bucket(admitted[0] ? tokens - 1 : tokens, attempt.at());
        });
    return admitted[0];
  }

  private static double filled(@Nullable Bucket bucket, double perSecond, Instant now) {
    if (bucket == null) {
      return perSecond;
    }
    double seconds = Math.max(0, Duration.between(bucket.at(), now).toNanos() / 1e9);
    return Math.min(perSecond, bucket.tokens() + seconds * perSecond);
  }

  private static Group group(Attempt attempt) {
    String operation = attempt.operation();
    return switch (attempt.service()) {
      case "lambda" ->
          switch (operation) {
            case "Invoke" -> group(attempt, operation, Double.POSITIVE_INFINITY);
            case "GetFunction" -> group(attempt, operation, 100);
            case "GetPolicy" -> group(attempt, operation, 15);
            default -> group(attempt, "lambda control plane", 15);
          };
      case "monitoring" ->
          switch (operation) {
            case "DescribeAlarms", "DescribeAlarmsForMetric" -> group(attempt, operation, 9);
            case "DescribeAlarmHistory" -> group(attempt, operation, 20);
            case "ListMetrics" -> group(attempt, operation, 25);
            case "GetMetricData", "PutMetricData" -> group(attempt, operation, 500);
            case "GetMetricStatistics" -> group(attempt, operation, 400);
            case "PutDashboard", "GetDashboard", "ListDashboards", "DeleteDashboards" ->
                group(attempt, operation, Double.POSITIVE_INFINITY);
            default -> group(attempt, operation, 3);
          };
      default -> group(attempt, attempt.service(), Double.POSITIVE_INFINITY);
    };
  }

  private static Group group(Attempt attempt, String name, double perSecond) {
    return new Group(attempt.account(), attempt.region(), name, perSecond);
  }
}
