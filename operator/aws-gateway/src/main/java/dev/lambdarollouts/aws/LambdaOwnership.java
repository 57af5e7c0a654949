package dev.lambdarollouts.aws;

import dev.lambdarollouts.engine.fact.AwsFailure;
import dev.lambdarollouts.engine.fact.AwsFailure.Kind;
import dev.lambdarollouts.engine.fact.Custody;
import dev.lambdarollouts.engine.fact.FunctionFact;
import dev.lambdarollouts.engine.fact.VersionNumber;
import dev.lambdarollouts.engine.port.AwsReply;
import dev.lambdarollouts.engine.port.Owner;
import dev.lambdarollouts.engine.port.Urgency;
import java.util.Map;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.GetFunctionResponse;

/**
 * Whose a function is by its tags: to read, to write where they allow it, to take away; and what
 * only its owner may do: hand it over, delete it.
 */
final class LambdaOwnership {
  private final LambdaClient lambda;
  private final AwsCalls calls;

  LambdaOwnership(LambdaClient lambda, AwsCalls calls) {
    this.lambda = lambda;
    this.calls = calls;
  }

  /** See {@link dev.lambdarollouts.engine.port.FunctionPort#custody}. */
  Custody custody(String functionName, Owner owner) {
    return custody(latest(functionName), owner);
  }

  /** See {@link dev.lambdarollouts.engine.port.FunctionPort#ownership}. */
  FunctionFact ownership(String functionName, Owner owner) {
    return switch (custody(functionName, owner)) {
      case Custody.Ours ours -> new FunctionFact.Claimed();
      case Custody.Nobodys nobodys -> new FunctionFact.Unclaimed();
      case Custody.Another(String other) -> new FunctionFact.OwnedByAnother(other);
      case Custody.Absent absent -> new FunctionFact.Absent();
      case Custody.Unknown(AwsFailure failure) -> new FunctionFact.Unknown(failure);
      case Custody.NotRead notRead -> new FunctionFact.NotRead();
    };
  }

  private AwsReply<GetFunctionResponse> latest(String functionName) {
    return calls.run(
        Api.GET_FUNCTION,
        Urgency.DEPLOY,
        () -> lambda.getFunction(get -> get.functionName(functionName)));
  }

  private static Custody custody(AwsReply<GetFunctionResponse> reply, Owner owner) {
    return switch (reply) {
      case AwsReply.Done<GetFunctionResponse>(GetFunctionResponse is) -> custody(is, owner);
      case AwsReply.Failed<GetFunctionResponse>(AwsFailure failure)
          when failure.kind() == Kind.NOT_FOUND ->
          new Custody.Absent();
      case AwsReply.Failed<GetFunctionResponse>(AwsFailure failure) -> new Custody.Unknown(failure);
    };
  }

  private static Custody custody(GetFunctionResponse is, Owner owner) {
    if (is.tagsError() != null) {
      return new Custody.Unknown(tagsUnread(is));
    }
    return "Deleting".equals(is.configuration().stateAsString())
        ? new Custody.Absent()
        : OwnerTags.custody(is.tags(), owner);
  }

  private static AwsFailure tagsUnread(GetFunctionResponse is) {
    return new AwsFailure(
        Kind.DENIED,
        Api.GET_FUNCTION.operation(),
        "the function's tags cannot be read (lambda:ListTags)"
            + LatestState.because(is.tagsError().errorCode(), is.tagsError().message()));
  }

  /** See {@link dev.lambdarollouts.engine.port.FunctionPort#deleteFunction}. */
  AwsReply<Boolean> deleteFunction(String functionName, Owner owner) {
    return switch (custody(functionName, owner)) {
      case Custody.Absent absent -> new AwsReply.Done<>(true);
      case Custody.Unknown(AwsFailure failure) -> new AwsReply.Failed<>(failure);
      case Custody.Ours(boolean created) when created -> deleteWhole(functionName);
      case Custody.Ours ours -> notOurs();
      case Custody.Another another -> notOurs();
      case Custody.Nobodys nobodys -> notOurs();
      case Custody.NotRead notRead -> notOurs();
    };
  }

  private static AwsReply<Boolean> notOurs() {
    return conflict(
        Api.DELETE_FUNCTION,
        "not deleted, for the function's tags do not say any more that the operator made it");
  }

  private static AwsReply<Boolean> conflict(Api api, String message) {
    return new AwsReply.Failed<>(new AwsFailure(Kind.CONFLICT, api.operation(), message));
  }

  /** See {@link dev.lambdarollouts.engine.port.FunctionPort#takeOver}. */
  AwsReply<Boolean> takeOver(String functionName, String from, Owner owner) {
    AwsReply<GetFunctionResponse> latest = latest(functionName);
    return switch (custody(latest, owner)) {
      case Custody.Ours ours -> new AwsReply.Done<>(true);
      case Custody.Another(String other) when other.equals(from) -> tag(latest, owner);
      case Custody.Unknown(AwsFailure failure) -> new AwsReply.Failed<>(failure);
      case Custody.Another another -> notTheirs(from);
      case Custody.Nobodys nobodys -> notTheirs(from);
      case Custody.Absent absent -> notTheirs(from);
      case Custody.NotRead notRead -> notTheirs(from);
    };
  }

  /** See {@link dev.lambdarollouts.engine.port.FunctionPort#claim}. */
  AwsReply<Boolean> claim(String functionName, Owner owner) {
    AwsReply<GetFunctionResponse> latest = latest(functionName);
    return switch (custody(latest, owner)) {
      case Custody.Ours ours -> new AwsReply.Done<>(true);
      case Custody.Nobodys nobodys -> claimNobodys(latest, owner);
      case Custody.Unknown(AwsFailure failure) -> new AwsReply.Failed<>(failure);
      case Custody.Another another -> notNobodys();
      case Custody.Absent absent -> notNobodys();
      case Custody.NotRead notRead -> notNobodys();
    };
  }

  /**
   * GetFunction leaves the tags out where the role may not list them: then nobody's looks like
   * anybody's, and is asked for by itself.
   */
  private AwsReply<Boolean> claimNobodys(AwsReply<GetFunctionResponse> latest, Owner owner) {
    if (!(latest instanceof AwsReply.Done<GetFunctionResponse>(GetFunctionResponse is))) {
      return notNobodys();
    }
    String arn = is.configuration().functionArn();
    AwsReply<Map<String, String>> tags =
        calls.run(
            Api.LIST_TAGS,
            Urgency.DEPLOY,
            () -> lambda.listTags(list -> list.resource(arn)).tags());
    return switch (tags) {
      case AwsReply.Done<Map<String, String>>(Map<String, String> there) ->
          OwnerTags.none(there) ? tag(latest, owner) : notNobodys();
      case AwsReply.Failed<Map<String, String>>(AwsFailure failure) ->
          new AwsReply.Failed<>(failure);
    };
  }

  /** See {@link dev.lambdarollouts.engine.port.FunctionPort#publishLatest}. */
  AwsReply<VersionNumber> publishLatest(String functionName) {
    return switch (latest(functionName)) {
      case AwsReply.Failed<GetFunctionResponse>(AwsFailure failure) ->
          new AwsReply.Failed<>(failure);
      case AwsReply.Done<GetFunctionResponse>(GetFunctionResponse is) -> {
        FunctionConfiguration latest = is.configuration();
        yield calls.run(
            Api.PUBLISH_VERSION,
            Urgency.DEPLOY,
            () ->
                new VersionNumber(
                    lambda
                        .publishVersion(
                            publish ->
                                publish
                                    .functionName(functionName)
                                    .codeSha256(latest.codeSha256())
                                    .revisionId(latest.revisionId()))
                        .version()));
      }
    };
  }

  private static AwsReply<Boolean> notTheirs(String from) {
    return conflict(
        Api.TAG_RESOURCE, "not taken over, for the function's tags do not name " + from);
  }

  private static AwsReply<Boolean> notNobodys() {
    return conflict(Api.TAG_RESOURCE, "not tagged, for it is not nobody's any more");
  }

  private AwsReply<Boolean> tag(AwsReply<GetFunctionResponse> latest, Owner owner) {
    return switch (latest) {
      case AwsReply.Done<GetFunctionResponse>(GetFunctionResponse is) -> {
        String arn = is.configuration().functionArn();
        yield calls.run(
            Api.TAG_RESOURCE,
            Urgency.DEPLOY,
            () -> {
              lambda.tagResource(tag -> tag.resource(arn).tags(OwnerTags.of(owner)));
              return true;
            });
      }
      case AwsReply.Failed<GetFunctionResponse>(AwsFailure failure) ->
          new AwsReply.Failed<>(failure);
    };
  }

  /** See {@link dev.lambdarollouts.engine.port.FunctionPort#disown}. */
  AwsReply<Boolean> disown(String functionName, Owner owner) {
    return switch (latest(functionName)) {
      case AwsReply.Done<GetFunctionResponse>(GetFunctionResponse is) -> disown(is, owner);
      case AwsReply.Failed<GetFunctionResponse>(AwsFailure failure)
          when failure.kind() == Kind.NOT_FOUND ->
          new AwsReply.Done<>(false);
      case AwsReply.Failed<GetFunctionResponse>(AwsFailure failure) ->
          new AwsReply.Failed<>(failure);
    };
  }

  private AwsReply<Boolean> disown(GetFunctionResponse is, Owner owner) {
    if (is.tagsError() != null) {
      return new AwsReply.Failed<>(tagsUnread(is));
    }
    if (OwnerTags.another(is.tags(), owner) != null) {
      return new AwsReply.Done<>(false);
    }
    String functionArn = is.configuration().functionArn();
    return calls.run(
        Api.UNTAG_RESOURCE,
        Urgency.DEPLOY,
        () -> {
          lambda.untagResource(untag -> untag.resource(functionArn).tagKeys(OwnerTags.ALL));
          return true;
        });
  }

  private AwsReply<Boolean> deleteWhole(String functionName) {
    AwsReply<Boolean> reply =
        calls.run(
            Api.DELETE_FUNCTION,
            Urgency.CLEAN_UP,
            () -> {
              lambda.deleteFunction(delete -> delete.functionName(functionName));
              return true;
            });
    return reply instanceof AwsReply.Failed<Boolean>(AwsFailure failure)
            && failure.kind() == Kind.NOT_FOUND
        ? new AwsReply.Done<>(true)
        : reply;
  }
}
