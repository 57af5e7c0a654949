package dev.lambdarollouts.engine.port;

import dev.lambdarollouts.engine.fact.AwsFailure;

/** What an AWS call that changes something gave. */
public sealed interface AwsReply<T> {

  /** It was done. */
  record Done<T>(T value) implements AwsReply<T> {}

  /** It was not, or nobody knows ({@link AwsFailure.Kind#UNAVAILABLE}). */
  record Failed<T>(AwsFailure failure) implements AwsReply<T> {}
}
