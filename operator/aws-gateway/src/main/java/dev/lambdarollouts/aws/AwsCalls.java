package dev.lambdarollouts.aws;

import dev.lambdarollouts.engine.fact.AwsFailure;
import dev.lambdarollouts.engine.fact.AwsFailure.Kind;
import dev.lambdarollouts.engine.port.AwsPort.Caller;
import dev.lambdarollouts.engine.port.AwsReply;
import dev.lambdarollouts.engine.port.StageTarget;
import dev.lambdarollouts.engine.port.Urgency;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * The one way a target's calls go out: the caller is checked, the quota's turn awaited, the outcome
 * counted, and whatever AWS answers becomes a value.
 */
final class AwsCalls {
  private final CallerCheck caller;
  private final RateGates gates;
  private final AwsCallListener listener;
  private final Supplier<Collection<String>> ownSecrets;
  private volatile @Nullable AwsFailure refusal;

  AwsCalls(
      StageTarget target,
      StsClient sts,
      RateGates gates,
      AwsCallListener listener,
      KnownKeys keys) {
    this.gates = gates;
    this.listener = listener;
    this.ownSecrets = () -> keys.secrets(target.keys());
    this.caller = new CallerCheck(target, () -> askCaller(sts), () -> keys.id(target.keys()));
  }

  /** Whose credentials the calls carry. */
  AwsReply<Caller> caller() {
    return caller.caller();
  }

  /** Why AWS takes no call with these credentials, by its last answer; absent when it took them. */
  @Nullable AwsFailure refusal() {
    return refusal;
  }

  /** Makes one call. */
  <T> AwsReply<T> run(Api api, Urgency urgency, Supplier<T> call) {
    return run(api, urgency, List.of(), call);
  }

  /** Makes one call that sends secrets, which no message may repeat. */
  <T> AwsReply<T> run(Api api, Urgency urgency, Collection<String> secrets, Supplier<T> call) {
    AwsFailure refusal = caller.refusal(api, urgency);
    return refusal == null ? admitted(api, urgency, secrets, call) : new AwsReply.Failed<>(refusal);
  }

  private AwsReply<Caller> askCaller(StsClient sts) {
    return admitted(
        Api.GET_CALLER_IDENTITY,
        Urgency.SHIFT,
        List.of(),
        () -> {
          var identity = sts.getCallerIdentity();
          return new Caller(identity.account(), identity.arn());
        });
  }

  private <T> AwsReply<T> admitted(
      Api api, Urgency urgency, Collection<String> secrets, Supplier<T> call) {
    try {
      if (!gates.enter(api, urgency)) {
        return failed(
            Kind.THROTTLED,
            api,
            "waited "
                + RateGates.PATIENCE.toSeconds()
                + " s for a turn in this operator's own share of the request quota");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return failed(Kind.UNAVAILABLE, api, "interrupted before the call was made");
    }
    AwsReply<T> reply = answered(api, secrets, call);
    listener.called(
        api.service(),
        api.operation(),
        reply instanceof AwsReply.Failed<T>(AwsFailure failure) ? failure.kind() : null);
    return reply;
  }

  private <T> AwsReply<T> answered(Api api, Collection<String> secrets, Supplier<T> call) {
    try {
      AwsReply<T> reply = new AwsReply.Done<>(call.get());
      refusal = null;
      return reply;
    } catch (SdkException | UncheckedIOException e) {
      List<String> all = new ArrayList<>(ownSecrets.get());
      all.addAll(secrets);
      AwsFailure failure = FailureReading.of(api.operation(), e, all);
      switch (FailureReading.credentials(api, e)) {
        case REFUSED -> refusal = failure;
        case TAKEN -> refusal = null;
        case NOT_SEEN -> {}
      }
      return new AwsReply.Failed<>(failure);
    }
  }

  private static <T> AwsReply<T> failed(Kind kind, Api api, String message) {
    return new AwsReply.Failed<>(new AwsFailure(kind, api.operation(), message));
  }
}
