package dev.lambdarollouts.aws;

import dev.lambdarollouts.engine.fact.AwsFailure;
import org.jspecify.annotations.Nullable;

/** Hears of every call made to AWS, for metrics. Called on the calling thread: must be short. */
@FunctionalInterface
public interface AwsCallListener {
  /** Hears nothing. */
  AwsCallListener NONE = (service, operation, failure) -> {};

  /**
   * One call ended; the SDK's own retries are inside it.
   *
   * @param service {@code lambda}, {@code cloudwatch} or {@code sts}
   * @param operation the API's own name: {@code UpdateAlias}
   * @param failure how it failed, absent when it went well
   */
  void called(String service, String operation, AwsFailure.@Nullable Kind failure);
}
