package dev.lambdarollouts.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.engine.fact.AliasFact;
import dev.lambdarollouts.engine.fact.AwsFailure.Kind;
import dev.lambdarollouts.engine.port.AccessKeys;
import dev.lambdarollouts.engine.port.AwsPort;
import dev.lambdarollouts.engine.port.AwsReply;
import dev.lambdarollouts.engine.port.StageTarget;
import dev.lambdarollouts.engine.port.StageTarget.AccessKeySecret;
import dev.lambdarollouts.engine.port.Urgency;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Access keys of Secrets, against the simulator, where a key's id is its account. */
class AccessKeysAgainstSimulatorTest {
  private static final String PROD = "999988887777";
  private static final AccessKeySecret SECRET = new AccessKeySecret("shop", "aws-prod");
  private static final StageTarget TARGET = new StageTarget(PROD, "us-east-1", null, SECRET);

  private final SimulatedAws aws = new SimulatedAws();

  @AfterEach
  void close() {
    aws.close();
  }

  private void learn(String account, String token) {
    aws.over.gateway.learn(SECRET, new AccessKeys(account, "p0ison-p0ison", token));
  }

  private AliasFact read() {
    return aws.over.gateway.aliases(TARGET).read("hello", "live", Urgency.SHIFT);
  }

  private void refused(String told) {
    assertThat(read())
        .isInstanceOfSatisfying(
            AliasFact.Unknown.class,
            unknown -> {
              assertThat(unknown.failure().kind()).isEqualTo(Kind.DENIED);
              assertThat(unknown.failure().message()).contains(told).doesNotContain("p0ison");
            });
  }

  @Test
  void theAccountIsReachedWithTheKeysAndWithoutThemNoCallIsMade() {
    refused("Secret shop/aws-prod is not there");
    assertThat(aws.simulator.calls().of("lambda")).isEmpty();
    learn(PROD, null);
    assertThat(read()).isInstanceOf(AliasFact.Missing.class);
    assertThat(aws.simulator.calls().of("lambda"))
        .isNotEmpty()
        .allMatch(call -> call.attempt().account().equals(PROD));
  }

  @Test
  void rotatedKeysAreUsedAtTheNextCallAndAskedWhoseTheyAre() {
    learn(PROD, null);
    assertThat(read()).isInstanceOf(AliasFact.Missing.class);
    learn("111122223333", null);
    refused("the credentials are account 111122223333's");
    learn(PROD, null);
    assertThat(read()).isInstanceOf(AliasFact.Missing.class);
    aws.over.gateway.forget(SECRET);
    refused("Secret shop/aws-prod is not there");
  }

  @Test
  void anotherNamespacesSecretOfTheSameNameIsAnother() {
    learn(PROD, null);
    StageTarget elsewhere =
        new StageTarget(PROD, "us-east-1", null, new AccessKeySecret("billing", "aws-prod"));
    assertThat(aws.over.gateway.caller(elsewhere)).isInstanceOf(AwsReply.Failed.class);
    assertThat(aws.over.gateway.caller(TARGET))
        .isInstanceOfSatisfying(
            AwsReply.Done.class,
            done -> assertThat(((AwsPort.Caller) done.value()).accountId()).isEqualTo(PROD));
  }

  @Test
  void aTokenThatAwsDoesNotKnowIsRefusedAndRepeatedNowhere() {
    learn(PROD, "p0ison-token");
    AwsReply<AwsPort.Caller> reply = aws.over.gateway.caller(TARGET);
    assertThat(reply.toString()).doesNotContain("p0ison");
  }
}
