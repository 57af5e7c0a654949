package dev.lambdarollouts.engine.port;

import dev.lambdarollouts.engine.fact.AwsFailure;
import dev.lambdarollouts.engine.fact.ReleaseId;
import dev.lambdarollouts.engine.fact.VersionNumber;
import org.jspecify.annotations.Nullable;

/** The way into AWS: one set of ports per account, region and role, made once and shared. */
public interface AwsPort extends AutoCloseable {

  FunctionPort functions(StageTarget target);

  AliasPort aliases(StageTarget target);

  AlarmPort alarms(StageTarget target);

  /** Whose credentials these are, asked once and kept. */
  AwsReply<Caller> caller(StageTarget target);

  /**
   * Why AWS takes no call with a target's credentials: they are invalid, have expired, or their
   * role may not be assumed. By the last answers; asking makes no call.
   *
   * @return absent when the last answer took them, or nothing was called yet
   */
  @Nullable AwsFailure refusal(StageTarget target);

  /**
   * Names everything that a version published from this would freeze, under the installation's key.
   */
  ReleaseId release(FunctionDefinition definition);

  /**
   * Names a version that somebody else published, under the same key.
   *
   * @param codeSha256 base64, as AWS reports it
   */
  ReleaseId release(VersionNumber published, String codeSha256);

  /**
   * What a Secret holds now: used from the next call on, and until it is forgotten, whatever
   * becomes of the Secret.
   */
  void learn(StageTarget.AccessKeySecret secret, AccessKeys keys);

  /** No stage needs these keys any more. */
  void forget(StageTarget.AccessKeySecret secret);

  @Override
  void close();

  /** An identity as STS tells it. */
  record Caller(String accountId, String arn) {}

  /**
   * A failure to tell when the credentials are another account's than the stage names; absent when
   * all is well.
   */
  static @Nullable AwsFailure wrongAccount(Caller caller, StageTarget target) {
    return caller.accountId().equals(target.accountId())
        ? null
        : new AwsFailure(
            AwsFailure.Kind.DENIED,
            "GetCallerIdentity",
            "the credentials are account "
                + caller.accountId()
                + "'s ("
                + caller.arn()
                + "), the stage's spec.accountId is "
                + target.accountId()
                + ": use the account's own credentials (spec.credentials.assumeRole), or make"
                + " another LambdaStage with that account, for a stage stays in its account");
  }
}
