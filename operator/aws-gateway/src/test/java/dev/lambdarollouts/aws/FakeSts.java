package dev.lambdarollouts.aws;

import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;
import software.amazon.awssdk.services.sts.model.StsException;

/** STS that knows whose credentials these are, or is down; counts how often it is asked. */
final class FakeSts implements StsClient {
  private final String account;
  private boolean down;
  private int asked;

  FakeSts(String account) {
    this.account = account;
  }

  /** Calls of the account 111122223333 in us-east-1, without limit worth the name. */
  static AwsCalls calls(FakeSts sts, ManualTime time) {
    return new AwsCalls(
        GatewayOverHttp.TARGET,
        sts,
        new RateGates(time, new Quotas(1_000, 1_000, 1_000, 1_000)),
        AwsCallListener.NONE,
        new KnownKeys());
  }

  static FakeSts rightAccount() {
    return new FakeSts(GatewayOverHttp.TARGET.accountId());
  }

  void down(boolean isDown) {
    down = isDown;
  }

  int asked() {
    return asked;
  }

  @Override
  public GetCallerIdentityResponse getCallerIdentity() {
    asked++;
    if (down) {
      throw StsException.builder().message("down").statusCode(503).build();
    }
    return GetCallerIdentityResponse.builder()
        .account(account)
        .arn("arn:aws:iam::" + account + ":user/u")
        .build();
  }

  @Override
  public String serviceName() {
    return "sts";
  }

  @Override
  public void close() {}
}
