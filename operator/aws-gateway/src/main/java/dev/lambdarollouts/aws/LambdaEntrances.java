package dev.lambdarollouts.aws;

import dev.lambdarollouts.engine.fact.AwsFailure;
import dev.lambdarollouts.engine.fact.AwsFailure.Kind;
import dev.lambdarollouts.engine.fact.LatestTraffic;
import dev.lambdarollouts.engine.port.AwsReply;
import dev.lambdarollouts.engine.port.Urgency;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.ListAliasesResponse;
import software.amazon.awssdk.services.lambda.model.ListEventSourceMappingsResponse;

/** What reaches {@code $LATEST} of a function, and whether an alias is provisioned. */
final class LambdaEntrances {
  private final LambdaClient lambda;
  private final AwsCalls calls;
  private final String functionName;
  private final String alias;
  private final List<String> found = new ArrayList<>();
  private @Nullable AwsFailure failure;

  private LambdaEntrances(LambdaClient lambda, AwsCalls calls, String functionName, String alias) {
    this.lambda = lambda;
    this.calls = calls;
    this.functionName = functionName;
    this.alias = alias;
  }

  /** See {@link dev.lambdarollouts.engine.port.FunctionPort#latestTraffic}. */
  static LatestTraffic of(LambdaClient lambda, AwsCalls calls, String functionName, String alias) {
    return new LambdaEntrances(lambda, calls, functionName, alias).look();
  }

  private LatestTraffic look() {
    boolean provisioned =
        Boolean.TRUE.equals(
            answer(
                Api.GET_PROVISIONED_CONCURRENCY_CONFIG,
                () -> {
                  lambda.getProvisionedConcurrencyConfig(
                      get -> get.functionName(functionName).qualifier(alias));
                  return true;
                }));
    aliases();
    eventSourceMappings();
    url();
    policy();
    return failure == null
        ? new LatestTraffic.Seen(found, provisioned, null)
        : new LatestTraffic.Unknown(failure);
  }

  private void aliases() {
    @Nullable String marker = null;
    do {
      @Nullable String from = marker;
      ListAliasesResponse page =
          answer(
              Api.LIST_ALIASES,
              () -> lambda.listAliases(list -> list.functionName(functionName).marker(from)));
      if (page == null) {
        return;
      }
      page.aliases().stream()
          .filter(one -> !one.name().equals(alias) && "$LATEST".equals(one.functionVersion()))
          .forEach(one -> found.add("alias " + one.name()));
      marker = page.nextMarker();
    } while (marker != null && !marker.isEmpty());
  }

  private void eventSourceMappings() {
    @Nullable String marker = null;
    do {
      @Nullable String from = marker;
      ListEventSourceMappingsResponse page =
          answer(
              Api.LIST_EVENT_SOURCE_MAPPINGS,
              () ->
                  lambda.listEventSourceMappings(
                      list -> list.functionName(functionName).marker(from)));
      if (page == null) {
        return;
      }
      page.eventSourceMappings().stream()
          .filter(one -> isUnqualified(one.functionArn()))
          .forEach(one -> found.add("event source mapping " + one.uuid()));
      marker = page.nextMarker();
    } while (marker != null && !marker.isEmpty());
  }

  private void url() {
    String url =
        answer(
            Api.GET_FUNCTION_URL,
            () -> lambda.getFunctionUrlConfig(get -> get.functionName(functionName)).functionUrl());
    if (url != null) {
      found.add("the function URL without qualifier");
    }
  }

  /** Without a qualifier AWS gives the statements that have none. */
  private void policy() {
    String policy =
        answer(
            Api.GET_POLICY, () -> lambda.getPolicy(get -> get.functionName(functionName)).policy());
    if (policy != null) {
      found.add("the permissions without qualifier");
    }
  }

  private boolean isUnqualified(@Nullable String arn) {
    return arn != null
        && (arn.endsWith(":function:" + functionName)
            || arn.endsWith(":" + functionName + ":$LATEST"));
  }

  /** Absent where there is no such thing, or it could not be read; the latter is a failure. */
  private <T> @Nullable T answer(Api api, Supplier<T> call) {
    return switch (calls.run(api, Urgency.DEPLOY, call)) {
      case AwsReply.Done<T>(T value) -> value;
      case AwsReply.Failed<T>(AwsFailure failed) -> {
        if (failed.kind() != Kind.NOT_FOUND && failure == null) {
          failure = failed;
        }
        yield null;
      }
    };
  }
}
