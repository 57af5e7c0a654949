package dev.lambdarollouts.controllers.observe;

import dev.lambdarollouts.controllers.translate.StagePlace;
import dev.lambdarollouts.engine.fact.AwsFailure;
import dev.lambdarollouts.engine.port.AwsPort;
import dev.lambdarollouts.engine.port.AwsReply;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Credentials that were edited while a candidate has traffic: until AWS has said that the new ones
 * are the account's, those that worked before go on watching alarms and taking traffic back. Wrong
 * ones never stop a rollback.
 */
public final class EditedCredentials {
  private static final String CALLER = "GetCallerIdentity of edited credentials";

  /** What was mended is noticed as soon as whatever else fails in mid-course. */
  private static final Duration LONGEST = Duration.ofMinutes(1);

  private final Backoff backoff;
  private @Nullable StagePlace worked;
  private @Nullable StagePlace asked;
  private @Nullable AwsFailure failure;

  EditedCredentials(Backoff backoff) {
    this.backoff = backoff;
  }

  /** AWS said that the credentials of this place are its account's. */
  void worked(StagePlace place) {
    worked = place;
  }

  /**
   * Where to go with credentials that work.
   *
   * @param wanted by the spec
   * @param traffic the candidate may have some
   */
  public StagePlace place(AwsPort aws, StagePlace wanted, boolean traffic, Instant at) {
    StagePlace before = worked;
    if (!traffic || before == null || before.equals(wanted) || !before.isSameAlias(wanted)) {
      asked = null;
      failure = null;
      return wanted;
    }
    if (!wanted.equals(asked)) {
      backoff.worked(CALLER);
    }
    if (!wanted.equals(asked) || backoff.mayTry(CALLER, at)) {
      asked = wanted;
      failure = failure(aws, wanted);
      if (failure == null) {
        backoff.worked(CALLER);
      } else {
        backoff.failed(CALLER, at, LONGEST);
      }
    }
    return failure == null ? wanted : before;
  }

  /** Why those of before are used still; absent when they are not. */
  public @Nullable AwsFailure failure() {
    return failure;
  }

  private static @Nullable AwsFailure failure(AwsPort aws, StagePlace wanted) {
    return switch (aws.caller(wanted.target())) {
      case AwsReply.Done<AwsPort.Caller>(AwsPort.Caller caller) ->
          AwsPort.wrongAccount(caller, wanted.target());
      case AwsReply.Failed<AwsPort.Caller>(AwsFailure why) -> why;
    };
  }
}
