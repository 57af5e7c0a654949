package dev.lambdarollouts.controllers.kubernetes;

import dev.lambdarollouts.controllers.kubernetes.Readiness.Problem;
import dev.lambdarollouts.controllers.translate.SpecCheck;
import dev.lambdarollouts.crds.stage.LambdaStage;
import dev.lambdarollouts.engine.fact.AwsFailure;
import dev.lambdarollouts.engine.port.AwsPort;
import dev.lambdarollouts.engine.port.AwsPort.Caller;
import dev.lambdarollouts.engine.port.AwsReply;
import dev.lambdarollouts.engine.port.StageTarget;
import org.jspecify.annotations.Nullable;

/**
 * Whether a stage can be used, and who the operator is there.
 *
 * @param problem why it cannot; absent when it can
 * @param caller absent while nobody knows
 */
record StageStanding(@Nullable Problem problem, @Nullable Caller caller) {

  /**
   * By its spec and by what AWS says.
   *
   * @param told who the operator was there when AWS last said it
   */
  static StageStanding of(LambdaStage stage, AwsPort aws, @Nullable Caller told) {
    String invalid = SpecCheck.problem(stage);
    StageTarget target = SpecCheck.target(stage);
    if (invalid != null || target == null) {
      return new StageStanding(Problem.ofSpec(invalid), told);
    }
    return switch (aws.caller(target)) {
      case AwsReply.Done<Caller>(Caller caller) ->
          new StageStanding(ofCaller(caller, target, aws.refusal(target)), caller);
      case AwsReply.Failed<Caller>(AwsFailure failure) ->
          new StageStanding(
              failure.isRefusal()
                  ? refused(failure, target)
                  : new Problem("CallerUnknown", failure.message()),
              told);
    };
  }

  private static @Nullable Problem ofCaller(
      Caller caller, StageTarget target, @Nullable AwsFailure refusal) {
    AwsFailure wrong = AwsPort.wrongAccount(caller, target);
    if (wrong != null) {
      return new Problem("WrongAccount", wrong.message());
    }
    return refusal == null ? null : refused(refusal, target);
  }

  private static Problem refused(AwsFailure failure, StageTarget target) {
    if (target.keys() != null) {
      return new Problem(
          "CallsRefused",
          "AWS takes no call: " + failure + "; put access keys that are valid in " + target.keys());
    }
    String remedy =
        target.assumedRole() == null
            ? "give the operator credentials of this account that are valid (IRSA, Pod Identity or"
                + " AWS_* in its environment), or name a role in spec.credentials.assumeRole"
            : "let the operator assume "
                + target.assumedRole().roleArn()
                + " (trust policy with sts:AssumeRole, sts:TagSession and its ExternalId), or"
                + " correct spec.credentials.assumeRole";
    return new Problem("CallsRefused", "AWS takes no call: " + failure + "; " + remedy);
  }
}
