package dev.lambdarollouts.aws;

import dev.lambdarollouts.engine.fact.AwsFailure;
import dev.lambdarollouts.engine.fact.AwsFailure.Kind;
import dev.lambdarollouts.engine.fact.FunctionFact;
import dev.lambdarollouts.engine.port.AwsReply;
import dev.lambdarollouts.engine.port.Owner;
import dev.lambdarollouts.engine.port.Urgency;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.GetFunctionResponse;

/** Whose a function is, by its tags: to read, to write where it is nobody's, to take away. */
final class LambdaClaims {
  private final LambdaClient lambda;
  private final AwsCalls calls;

  LambdaClaims(LambdaClient lambda, AwsCalls calls) {
    this.lambda = lambda;
    this.calls = calls;
  }

  FunctionFact read(String functionName, Owner owner) {
    return switch (latest(functionName)) {
      case AwsReply.Done<GetFunctionResponse>(GetFunctionResponse is) -> judge(is, owner);
      case AwsReply.Failed<GetFunctionResponse>(AwsFailure failure)
          when failure.kind() == Kind.NOT_FOUND ->
          new FunctionFact.Absent();
      case AwsReply.Failed<GetFunctionResponse>(AwsFailure failure) ->
          new FunctionFact.Unknown(failure);
    };
  }

  private static FunctionFact judge(GetFunctionResponse is, Owner owner) {
    if (is.tagsError() != null) {
      return new FunctionFact.Unknown(tagsUnread(is));
    }
    if (OwnerTags.none(is.tags())) {
      return new FunctionFact.Unclaimed();
    }
    String another = OwnerTags.another(is.tags(), owner);
    return another == null ? new FunctionFact.Claimed() : new FunctionFact.OwnedByAnother(another);
  }

  /** Read once more before it is written: what was decided on may be old. */
  AwsReply<Boolean> claim(String functionName, Owner owner) {
    return switch (latest(functionName)) {
      case AwsReply.Failed<GetFunctionResponse>(AwsFailure failure) ->
          new AwsReply.Failed<>(failure);
      case AwsReply.Done<GetFunctionResponse>(GetFunctionResponse is) ->
          switch (judge(is, owner)) {
            case FunctionFact.Claimed claimed -> new AwsReply.Done<>(true);
            case FunctionFact.Unclaimed unclaimed -> tag(is.configuration().functionArn(), owner);
            case FunctionFact.Unknown(AwsFailure failure) -> new AwsReply.Failed<>(failure);
            case FunctionFact fact ->
                new AwsReply.Failed<>(
                    new AwsFailure(
                        Kind.CONFLICT,
                        Api.TAG_RESOURCE.operation(),
                        "not tagged, for it is not nobody's any more: " + fact));
          };
    };
  }

  private AwsReply<Boolean> tag(String functionArn, Owner owner) {
    return calls.run(
        Api.TAG_RESOURCE,
        Urgency.DEPLOY,
        () -> {
          lambda.tagResource(tag -> tag.resource(functionArn).tags(OwnerTags.of(owner)));
          return true;
        });
  }

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

  private static AwsFailure tagsUnread(GetFunctionResponse is) {
    return new AwsFailure(
        Kind.DENIED,
        Api.GET_FUNCTION.operation(),
        "the function's tags cannot be read (lambda:ListTags)"
            + LatestState.because(is.tagsError().errorCode(), is.tagsError().message()));
  }

  private AwsReply<GetFunctionResponse> latest(String functionName) {
    return calls.run(
        Api.GET_FUNCTION,
        Urgency.DEPLOY,
        () -> lambda.getFunction(get -> get.functionName(functionName)));
  }
}
