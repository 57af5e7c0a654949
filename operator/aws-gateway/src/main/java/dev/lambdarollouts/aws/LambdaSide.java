package dev.lambdarollouts.aws;

import dev.lambdarollouts.engine.fact.AwsFailure;
import dev.lambdarollouts.engine.fact.AwsFailure.Kind;
import dev.lambdarollouts.engine.fact.SideFact;
import dev.lambdarollouts.engine.fact.SideFact.State;
import dev.lambdarollouts.engine.fact.SideSettings;
import dev.lambdarollouts.engine.fact.SideSettings.RuntimeManagement;
import dev.lambdarollouts.engine.port.AwsReply;
import dev.lambdarollouts.engine.port.Owner;
import dev.lambdarollouts.engine.port.Urgency;
import dev.lambdarollouts.engine.progress.SideSetting;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.GetFunctionResponse;
import software.amazon.awssdk.services.lambda.model.GetProvisionedConcurrencyConfigResponse;
import software.amazon.awssdk.services.lambda.model.GetRuntimeManagementConfigResponse;
import software.amazon.awssdk.services.lambda.model.UpdateRuntimeOn;

/** What is set beside a release over the Lambda API: concurrency and the runtime's management. */
final class LambdaSide {
  private final LambdaClient lambda;
  private final AwsCalls calls;

  LambdaSide(LambdaClient lambda, AwsCalls calls) {
    this.lambda = lambda;
    this.calls = calls;
  }

  /** See {@link dev.lambdarollouts.engine.port.FunctionPort#beside}. */
  SideFact beside(
      String functionName, Owner owner, SideSettings wanted, Collection<SideSetting> what) {
    return switch (function(functionName)) {
      case AwsReply.Failed<GetFunctionResponse>(AwsFailure failure) ->
          new SideFact.Unknown(failure);
      case AwsReply.Done<GetFunctionResponse>(GetFunctionResponse is) -> {
        AwsFailure another = anothers(is, owner);
        yield another == null
            ? seen(functionName, is, wanted, what)
            : new SideFact.Unknown(another);
      }
    };
  }

  private static @Nullable AwsFailure anothers(GetFunctionResponse is, Owner owner) {
    String another =
        is.tagsError() == null
            ? OwnerTags.another(is.tags(), owner)
            : "unknown, for its tags cannot be read (lambda:ListTags)";
    return another == null
        ? null
        : new AwsFailure(
            Kind.DENIED, Api.GET_FUNCTION.operation(), "the function's owner is " + another);
  }

  private SideFact seen(
      String functionName,
      GetFunctionResponse is,
      SideSettings wanted,
      Collection<SideSetting> what) {
    Map<SideSetting, State> states = new HashMap<>();
    Map<SideSetting, String> failures = new HashMap<>();
    for (SideSetting one : what) {
      AwsReply<State> state =
          switch (one.kind()) {
            case RESERVED_CONCURRENCY ->
                new AwsReply.Done<>(
                    compare(
                        is.concurrency() == null
                            ? null
                            : is.concurrency().reservedConcurrentExecutions(),
                        wanted.reservedConcurrency()));
            case RUNTIME_MANAGEMENT ->
                runtime(functionName, version(one), wanted.runtimeManagement());
            case PROVISIONED_CONCURRENCY -> provisioned(functionName, one, wanted, failures);
          };
      switch (state) {
        case AwsReply.Done<State>(State known) -> states.put(one, known);
        case AwsReply.Failed<State>(AwsFailure failure) -> {
          return new SideFact.Unknown(failure);
        }
      }
    }
    return new SideFact.Seen(states, failures);
  }

  private static State compare(@Nullable Integer is, @Nullable Integer wanted) {
    if (is == null) {
      return State.ABSENT;
    }
    return is.equals(wanted) ? State.AS_WANTED : State.OTHER;
  }

  private AwsReply<State> runtime(
      String functionName, String version, @Nullable RuntimeManagement wanted) {
    AwsReply<GetRuntimeManagementConfigResponse> reply =
        calls.run(
            Api.GET_RUNTIME_MANAGEMENT_CONFIG,
            Urgency.DEPLOY,
            () ->
                lambda.getRuntimeManagementConfig(
                    get -> get.functionName(functionName).qualifier(version)));
    return switch (reply) {
      case AwsReply.Done<GetRuntimeManagementConfigResponse>(var is) -> {
        boolean same =
            wanted != null
                && wanted.updateRuntimeOn().equals(is.updateRuntimeOnAsString())
                && (wanted.runtimeVersionArn() == null
                    || wanted.runtimeVersionArn().equals(is.runtimeVersionArn()));
        boolean auto = is.updateRuntimeOn() == UpdateRuntimeOn.AUTO;
        yield new AwsReply.Done<>(same ? State.AS_WANTED : auto ? State.ABSENT : State.OTHER);
      }
      case AwsReply.Failed<GetRuntimeManagementConfigResponse>(AwsFailure failure) ->
          absentWhereGone(failure);
    };
  }

  private AwsReply<State> provisioned(
      String functionName,
      SideSetting one,
      SideSettings wanted,
      Map<SideSetting, String> failures) {
    AwsReply<GetProvisionedConcurrencyConfigResponse> reply =
        calls.run(
            Api.GET_PROVISIONED_CONCURRENCY_CONFIG,
            Urgency.DEPLOY,
            () ->
                lambda.getProvisionedConcurrencyConfig(
                    get -> get.functionName(functionName).qualifier(version(one))));
    return switch (reply) {
      case AwsReply.Done<GetProvisionedConcurrencyConfigResponse>(var is) -> {
        if (is.statusReason() != null) {
          failures.put(one, Redaction.redact(is.statusReason(), List.of()));
        }
        yield provisioned(is, wanted.provisionedConcurrency());
      }
      case AwsReply.Failed<GetProvisionedConcurrencyConfigResponse>(AwsFailure failure) ->
          absentWhereGone(failure);
    };
  }

  private static AwsReply<State> provisioned(
      GetProvisionedConcurrencyConfigResponse is, @Nullable Integer wanted) {
    if (!Objects.equals(is.requestedProvisionedConcurrentExecutions(), wanted)) {
      return new AwsReply.Done<>(State.OTHER);
    }
    return switch (is.status()) {
      case READY -> new AwsReply.Done<>(State.AS_WANTED);
      case IN_PROGRESS -> new AwsReply.Done<>(State.IN_PROGRESS);
      case FAILED -> new AwsReply.Done<>(State.FAILED);
      case UNKNOWN_TO_SDK_VERSION ->
          new AwsReply.Failed<>(
              new AwsFailure(
                  Kind.UNAVAILABLE,
                  Api.GET_PROVISIONED_CONCURRENCY_CONFIG.operation(),
                  "its Status is " + is.statusAsString() + ", which this operator does not know"));
    };
  }

  private static AwsReply<State> absentWhereGone(AwsFailure failure) {
    return failure.kind() == Kind.NOT_FOUND
        ? new AwsReply.Done<>(State.ABSENT)
        : new AwsReply.Failed<>(failure);
  }

  /** See {@link dev.lambdarollouts.engine.port.FunctionPort#set}. */
  AwsReply<Boolean> set(String functionName, SideSettings wanted, SideSetting what) {
    return switch (what.kind()) {
      case RESERVED_CONCURRENCY ->
          sent(
              Api.PUT_FUNCTION_CONCURRENCY,
              () ->
                  lambda.putFunctionConcurrency(
                      put ->
                          put.functionName(functionName)
                              .reservedConcurrentExecutions(wanted.reservedConcurrency())));
      case RUNTIME_MANAGEMENT ->
          runtimeIs(
              functionName, version(what), Objects.requireNonNull(wanted.runtimeManagement()));
      case PROVISIONED_CONCURRENCY ->
          sent(
              Api.PUT_PROVISIONED_CONCURRENCY_CONFIG,
              () ->
                  lambda.putProvisionedConcurrencyConfig(
                      put ->
                          put.functionName(functionName)
                              .qualifier(version(what))
                              .provisionedConcurrentExecutions(wanted.provisionedConcurrency())));
    };
  }

  /** See {@link dev.lambdarollouts.engine.port.FunctionPort#takeBack}. */
  AwsReply<Boolean> takeBack(String functionName, SideSetting what) {
    AwsReply<Boolean> reply =
        switch (what.kind()) {
          case RESERVED_CONCURRENCY ->
              sent(
                  Api.DELETE_FUNCTION_CONCURRENCY,
                  () ->
                      lambda.deleteFunctionConcurrency(
                          delete -> delete.functionName(functionName)));
          case RUNTIME_MANAGEMENT ->
              runtimeIs(
                  functionName,
                  version(what),
                  new RuntimeManagement(UpdateRuntimeOn.AUTO.toString(), null));
          case PROVISIONED_CONCURRENCY ->
              sent(
                  Api.DELETE_PROVISIONED_CONCURRENCY_CONFIG,
                  () ->
                      lambda.deleteProvisionedConcurrencyConfig(
                          delete -> delete.functionName(functionName).qualifier(version(what))));
        };
    return reply instanceof AwsReply.Failed<Boolean>(AwsFailure failure)
            && failure.kind() == Kind.NOT_FOUND
        ? new AwsReply.Done<>(true)
        : reply;
  }

  private AwsReply<Boolean> runtimeIs(
      String functionName, String version, RuntimeManagement wanted) {
    return sent(
        Api.PUT_RUNTIME_MANAGEMENT_CONFIG,
        () ->
            lambda.putRuntimeManagementConfig(
                put ->
                    put.functionName(functionName)
                        .qualifier(version)
                        .updateRuntimeOn(wanted.updateRuntimeOn())
                        .runtimeVersionArn(wanted.runtimeVersionArn())));
  }

  private AwsReply<Boolean> sent(Api api, Supplier<?> call) {
    return calls.run(
        api,
        Urgency.DEPLOY,
        () -> {
          Object _ = call.get();
          return true;
        });
  }

  private AwsReply<GetFunctionResponse> function(String functionName) {
    return calls.run(
        Api.GET_FUNCTION,
        Urgency.DEPLOY,
        () -> lambda.getFunction(get -> get.functionName(functionName)));
  }

  /** Never the alias: its routing would be AWS' then (aws.md 1.4). */
  private static String version(SideSetting what) {
    if (what.version() == null || !what.version().isPublished()) {
      throw new IllegalArgumentException(what + " is set on a published version only");
    }
    return what.version().value();
  }
}
