package dev.lambdarollouts.aws;

import dev.lambdarollouts.engine.fact.AwsFailure;
import dev.lambdarollouts.engine.fact.AwsFailure.Kind;
import dev.lambdarollouts.engine.fact.ListedVersion;
import dev.lambdarollouts.engine.fact.VersionNumber;
import dev.lambdarollouts.engine.port.AwsReply;
import dev.lambdarollouts.engine.port.Owner;
import dev.lambdarollouts.engine.port.Urgency;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.AliasConfiguration;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.GetFunctionResponse;
import software.amazon.awssdk.services.lambda.model.ListAliasesResponse;
import software.amazon.awssdk.services.lambda.model.ListDurableExecutionsByFunctionResponse;
import software.amazon.awssdk.services.lambda.model.ListVersionsByFunctionResponse;

/** All versions of a function and the aliases that name them; and the end of a version. */
final class LambdaCleanUp {
  /** AWS gives no more versions a page, whatever is asked for. */
  private static final int PAGE = 50;

  /** A Description that is a release of this operator's making, see {@link ReleaseHash}. */
  private static final Pattern RELEASE = Pattern.compile("[0-9]+-[0-9a-f]{10}");

  /** Executions that will need their version; the last two are newer than the SDK. */
  private static final List<String> GOING_ON = List.of("RUNNING", "PAUSING", "PAUSED");

  private final LambdaClient lambda;
  private final AwsCalls calls;

  LambdaCleanUp(LambdaClient lambda, AwsCalls calls) {
    this.lambda = lambda;
    this.calls = calls;
  }

  /** See {@link dev.lambdarollouts.engine.port.FunctionPort#versions}. */
  AwsReply<List<ListedVersion>> versions(String functionName, Owner owner, Instant at) {
    return switch (isOwners(functionName, owner)) {
      case AwsReply.Failed<Boolean>(AwsFailure failure) -> new AwsReply.Failed<>(failure);
      case AwsReply.Done<Boolean>(Boolean ours) when !ours -> new AwsReply.Done<>(List.of());
      case AwsReply.Done<Boolean> _ ->
          switch (all(functionName)) {
            case AwsReply.Failed<List<FunctionConfiguration>>(AwsFailure failure) ->
                new AwsReply.Failed<>(failure);
            case AwsReply.Done<List<FunctionConfiguration>>(List<FunctionConfiguration> all) ->
                withAliases(functionName, all, at);
          };
    };
  }

  /** Never the function: a version has a number. */
  AwsReply<Boolean> delete(String functionName, VersionNumber version) {
    if (!version.isPublished()) {
      throw new IllegalArgumentException("only a published version is deleted, not " + version);
    }
    AwsReply<Boolean> reply =
        calls.run(
            Api.DELETE_FUNCTION,
            Urgency.CLEAN_UP,
            () -> {
              lambda.deleteFunction(
                  delete -> delete.functionName(functionName).qualifier(version.value()));
              return true;
            });
    return reply instanceof AwsReply.Failed<Boolean>(AwsFailure failure)
            && failure.kind() == Kind.NOT_FOUND
        ? new AwsReply.Done<>(true)
        : reply;
  }

  private AwsReply<Boolean> isOwners(String functionName, Owner owner) {
    return calls.run(
        Api.GET_FUNCTION,
        Urgency.CLEAN_UP,
        () -> {
          GetFunctionResponse is = lambda.getFunction(get -> get.functionName(functionName));
          return is.tagsError() == null && OwnerTags.another(is.tags(), owner) == null;
        });
  }

  private AwsReply<List<FunctionConfiguration>> all(String functionName) {
    List<FunctionConfiguration> all = new ArrayList<>();
    @Nullable String marker = null;
    do {
      @Nullable String from = marker;
      switch (calls.run(
          Api.LIST_VERSIONS,
          Urgency.CLEAN_UP,
          () ->
              lambda.listVersionsByFunction(
                  list -> list.functionName(functionName).marker(from).maxItems(PAGE)))) {
        case AwsReply.Done<ListVersionsByFunctionResponse>(var page) -> {
          all.addAll(page.versions());
          marker = page.nextMarker();
        }
        case AwsReply.Failed<ListVersionsByFunctionResponse>(AwsFailure failure) -> {
          return new AwsReply.Failed<>(failure);
        }
      }
    } while (marker != null && !marker.isEmpty());
    return new AwsReply.Done<>(all);
  }

  private AwsReply<List<ListedVersion>> withAliases(
      String functionName, List<FunctionConfiguration> all, Instant at) {
    Set<String> named = new HashSet<>();
    @Nullable String marker = null;
    do {
      @Nullable String from = marker;
      switch (calls.run(
          Api.LIST_ALIASES,
          Urgency.CLEAN_UP,
          () ->
              lambda.listAliases(
                  list -> list.functionName(functionName).marker(from).maxItems(PAGE)))) {
        case AwsReply.Done<ListAliasesResponse>(var page) -> {
          page.aliases().forEach(alias -> named.addAll(named(alias)));
          marker = page.nextMarker();
        }
        case AwsReply.Failed<ListAliasesResponse>(AwsFailure failure) -> {
          return new AwsReply.Failed<>(failure);
        }
      }
    } while (marker != null && !marker.isEmpty());
    return new AwsReply.Done<>(
        all.stream()
            .filter(version -> new VersionNumber(version.version()).isPublished())
            .map(version -> listed(functionName, version, named, at))
            .toList());
  }

  private static Set<String> named(AliasConfiguration alias) {
    Set<String> named = new HashSet<>();
    named.add(alias.functionVersion());
    if (alias.routingConfig() != null) {
      named.addAll(alias.routingConfig().additionalVersionWeights().keySet());
    }
    return named;
  }

  /** Whether executions run is asked only of a version that could be deleted. */
  private ListedVersion listed(
      String functionName, FunctionConfiguration version, Set<String> named, Instant at) {
    boolean marked =
        version.description() != null && RELEASE.matcher(version.description()).matches();
    boolean isNamed = named.contains(version.version());
    boolean asks = marked && !isNamed && version.durableConfig() != null;
    return new ListedVersion(
        new VersionNumber(version.version()),
        marked,
        asks && mayBeExecuting(functionName, version.version()),
        isNamed ? null : at);
  }

  /** Without an answer it may. */
  private boolean mayBeExecuting(String functionName, String version) {
    AwsReply<ListDurableExecutionsByFunctionResponse> reply =
        calls.run(
            Api.LIST_DURABLE_EXECUTIONS,
            Urgency.CLEAN_UP,
            () ->
                lambda.listDurableExecutionsByFunction(
                    list ->
                        list.functionName(functionName)
                            .qualifier(version)
                            .statusesWithStrings(GOING_ON)
                            .maxItems(1)));
    return !(reply instanceof AwsReply.Done<ListDurableExecutionsByFunctionResponse>(var running)
        && running.durableExecutions().isEmpty()
        && (running.nextMarker() == null || running.nextMarker().isEmpty()));
  }
}
