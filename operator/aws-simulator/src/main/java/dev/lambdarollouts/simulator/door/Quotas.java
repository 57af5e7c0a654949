package dev.lambdarollouts.simulator.door;

import dev.lambdarollouts.simulator.service.RequestQuota;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * AWS' request quotas per account and region, as the services say them, in simulated time: a bucket
 * that holds one second's requests and fills evenly.
 */
final class Quotas {
  private final Map<Group, Bucket> buckets = new ConcurrentHashMap<>();

  private record Group(String account, String region, String service, RequestQuota quota) {}

  private record Bucket(double tokens, Instant at) {}

  /** Whether the call is within its quota; it is then counted. */
  boolean admit(Attempt attempt) {
    RequestQuota quota = attempt.asked().quota(attempt.operation());
    if (!quota.isCounted()) {
      return true;
    }
    Group group = new Group(attempt.account(), attempt.region(), attempt.service(), quota);
    boolean[] admitted = new boolean[1];
    buckets.compute(
        group,
        (key, bucket) -> {
          double tokens = filled(bucket, quota.perSecond(), attempt.at());
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
}
