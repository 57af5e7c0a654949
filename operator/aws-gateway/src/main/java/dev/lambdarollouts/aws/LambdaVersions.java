package dev.lambdarollouts.aws;

import dev.lambdarollouts.engine.fact.AwsFailure;
import dev.lambdarollouts.engine.fact.AwsFailure.Kind;
import dev.lambdarollouts.engine.fact.ReleaseId;
import dev.lambdarollouts.engine.fact.VersionFact;
import dev.lambdarollouts.engine.fact.VersionNumber;
import dev.lambdarollouts.engine.port.AwsReply;
import dev.lambdarollouts.engine.port.Urgency;
import java.util.Comparator;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.GetFunctionResponse;
import software.amazon.awssdk.services.lambda.model.ListVersionsByFunctionResponse;
import software.amazon.awssdk.services.lambda.model.PublishVersionRequest;
import software.amazon.awssdk.services.lambda.model.PublishVersionResponse;

/** Published versions over the Lambda API. */
final class LambdaVersions {
  /** AWS gives no more a page, whatever is asked for. */
  private static final int PAGE = 50;

  private static final Pattern NUMBER = Pattern.compile("[0-9]+");

  /** As AWS counts up without leading zeros, the longer number is the higher. */
  private static final Comparator<String> BY_NUMBER =
      Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());

  private final LambdaClient lambda;
  private final AwsCalls calls;
  private final FunctionMemory memory;

  LambdaVersions(LambdaClient lambda, AwsCalls calls, FunctionMemory memory) {
    this.lambda = lambda;
    this.calls = calls;
    this.memory = memory;
  }

  /** The newest version whose Description is the release. */
  VersionFact find(String functionName, ReleaseId release) {
    return newest(functionName, version -> release.value().equals(version.description()));
  }

  /** The newest version, whatever its Description. */
  VersionFact newest(String functionName) {
    return newest(functionName, version -> true);
  }

  /** AWS lists oldest first: to the end. */
  private VersionFact newest(String functionName, Predicate<FunctionConfiguration> wanted) {
    String newest = null;
    String marker = null;
    do {
      switch (page(functionName, marker)) {
        case AwsReply.Done<ListVersionsByFunctionResponse>(ListVersionsByFunctionResponse page) -> {
          newest =
              Stream.concat(Stream.ofNullable(newest), numbersOf(page, wanted))
                  .max(BY_NUMBER)
                  .orElse(null);
          marker = page.nextMarker();
        }
        case AwsReply.Failed<ListVersionsByFunctionResponse>(AwsFailure failure) -> {
          return notRead(failure);
        }
      }
    } while (marker != null && !marker.isEmpty());
    return newest == null
        ? new VersionFact.NotPublished()
        : version(functionName, new VersionNumber(newest));
  }

  /** Reads one version with GetFunction, whose quota is its own; its State is not in a listing. */
  VersionFact version(String functionName, VersionNumber number) {
    return switch (get(functionName, number.value())) {
      case AwsReply.Done<GetFunctionResponse>(GetFunctionResponse reply) ->
          fact(reply.configuration());
      case AwsReply.Failed<GetFunctionResponse>(AwsFailure failure) -> notRead(failure);
    };
  }

  /** Publishes what was read to be what the release says, and nothing else. */
  AwsReply<VersionFact.Published> publish(
      String functionName, ReleaseId release, String codeSha256) {
    String revisionId = memory.ready(functionName, release);
    return revisionId == null
        ? new AwsReply.Failed<>(
            new AwsFailure(
                Kind.CONFLICT,
                Api.PUBLISH_VERSION.operation(),
                "not published, for $LATEST was not read to be what release " + release + " says"))
        : publish(functionName, release, codeSha256, revisionId);
  }

  private AwsReply<VersionFact.Published> publish(
      String functionName, ReleaseId release, String codeSha256, String revisionId) {
    PublishVersionRequest request =
        PublishVersionRequest.builder()
            .functionName(functionName)
            .description(release.value())
            .codeSha256(codeSha256)
            .revisionId(revisionId)
            .build();
    AwsReply<VersionFact> reply =
        calls.run(
            Api.PUBLISH_VERSION,
            Urgency.DEPLOY,
            () -> fact(configuration(lambda.publishVersion(request))));
    // Publishing gives $LATEST another RevisionId.
    memory.unsettle(functionName);
    return switch (reply) {
      case AwsReply.Done<VersionFact>(VersionFact fact) -> published(fact);
      case AwsReply.Failed<VersionFact>(AwsFailure failure) when failure.kind() == Kind.CONFLICT ->
          lostReplyOr(failure, functionName, release, codeSha256);
      case AwsReply.Failed<VersionFact>(AwsFailure failure) ->
          new AwsReply.Failed<>(conflictOfCode(failure));
    };
  }

  /**
   * A publish that the SDK repeated meets the RevisionId that its own effect changed: then the
   * version is there.
   */
  private AwsReply<VersionFact.Published> lostReplyOr(
      AwsFailure conflict, String functionName, ReleaseId release, String codeSha256) {
    return find(functionName, release) instanceof VersionFact.Published published
            && published.codeSha256().equals(codeSha256)
        ? new AwsReply.Done<>(published)
        : new AwsReply.Failed<>(conflict);
  }

  /** AWS calls it an invalid parameter; it is code that changed since it was read. */
  private static AwsFailure conflictOfCode(AwsFailure failure) {
    boolean otherCode =
        failure.kind() == Kind.INVALID
            && failure
                .message()
                .toLowerCase(Locale.ROOT)
                .contains("is different from current codesha256");
    return otherCode
        ? new AwsFailure(Kind.CONFLICT, failure.operation(), failure.message())
        : failure;
  }

  private static AwsReply<VersionFact.Published> published(VersionFact reply) {
    return reply instanceof VersionFact.Published published
        ? new AwsReply.Done<>(published)
        : new AwsReply.Failed<>(
            new AwsFailure(
                Kind.UNAVAILABLE, Api.PUBLISH_VERSION.operation(), "not understood: " + reply));
  }

  private AwsReply<GetFunctionResponse> get(String functionName, String qualifier) {
    return calls.run(
        Api.GET_FUNCTION,
        Urgency.DEPLOY,
        () -> lambda.getFunction(get -> get.functionName(functionName).qualifier(qualifier)));
  }

  private AwsReply<ListVersionsByFunctionResponse> page(
      String functionName, @Nullable String marker) {
    return calls.run(
        Api.LIST_VERSIONS,
        Urgency.DEPLOY,
        () ->
            lambda.listVersionsByFunction(
                list -> list.functionName(functionName).marker(marker).maxItems(PAGE)));
  }

  private static Stream<String> numbersOf(
      ListVersionsByFunctionResponse page, Predicate<FunctionConfiguration> wanted) {
    return page.versions().stream()
        .filter(wanted)
        .map(FunctionConfiguration::version)
        .filter(number -> NUMBER.matcher(number).matches());
  }

  private static VersionFact notRead(AwsFailure failure) {
    return failure.kind() == Kind.NOT_FOUND
        ? new VersionFact.NotPublished()
        : new VersionFact.Unknown(failure);
  }

  private static FunctionConfiguration configuration(PublishVersionResponse reply) {
    return FunctionConfiguration.builder()
        .version(reply.version())
        .state(reply.stateAsString())
        .stateReason(reply.stateReason())
        .stateReasonCode(reply.stateReasonCodeAsString())
        .codeSha256(reply.codeSha256())
        .role(reply.role())
        .deadLetterConfig(reply.deadLetterConfig())
        .build();
  }

  private static VersionFact fact(FunctionConfiguration is) {
    VersionFact.State state = state(is);
    if (state == null) {
      return new VersionFact.Unknown(
          "version "
              + is.version()
              + " is in State "
              + is.stateAsString()
              + ", which this operator does not know");
    }
    if (is.version() == null || is.codeSha256() == null || is.role() == null) {
      return new VersionFact.Unknown(
          "AWS' answer about version " + is.version() + " lacks Version, CodeSha256 or Role");
    }
    String reason = LatestState.because(is.stateReasonCodeAsString(), is.stateReason());
    return new VersionFact.Published(
        new VersionNumber(is.version()),
        state,
        is.codeSha256(),
        is.role(),
        deadLetterTarget(is),
        reason.isEmpty() ? null : reason.substring(2));
  }

  private static VersionFact.@Nullable State state(FunctionConfiguration is) {
    if (is.state() == null) {
      return null;
    }
    return switch (is.state()) {
      case ACTIVE, INACTIVE -> VersionFact.State.ACTIVE;
      case PENDING -> VersionFact.State.PENDING;
      case FAILED -> VersionFact.State.FAILED;
      default -> null;
    };
  }

  private static @Nullable String deadLetterTarget(FunctionConfiguration is) {
    String target = is.deadLetterConfig() == null ? null : is.deadLetterConfig().targetArn();
    return target == null || target.isEmpty() ? null : target;
  }
}
