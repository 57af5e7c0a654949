package dev.lambdarollouts.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.engine.fact.AliasFact;
import dev.lambdarollouts.engine.fact.AwsFailure.Kind;
import dev.lambdarollouts.engine.port.AwsPort;
import dev.lambdarollouts.engine.port.AwsReply;
import dev.lambdarollouts.engine.port.StageTarget;
import dev.lambdarollouts.engine.port.StageTarget.AssumedRole;
import dev.lambdarollouts.engine.port.Urgency;
import dev.lambdarollouts.simulator.sts.Role;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RolesAgainstSimulatorTest {
  private static final String PROD_ACCOUNT = "999988887777";
  private static final String PROD_ROLE = "arn:aws:iam::999988887777:role/lambda-rollouts-prod";

  private final SimulatedAws aws = new SimulatedAws();

  @AfterEach
  void close() {
    aws.close();
  }

  private static StageTarget prod(String externalId) {
    return new StageTarget(
        PROD_ACCOUNT,
        "us-east-1",
        new AssumedRole(PROD_ROLE, externalId, null, Map.of("namespace", "shop")));
  }

  private AliasFact read(StageTarget target) {
    return aws.over.gateway.aliases(target).read("hello", "live", Urgency.SHIFT);
  }

  @Test
  void anotherAccountIsReachedByItsRoleWithTheRightExternalId() {
    aws.simulator.roles().register(Role.open(PROD_ROLE).withExternalId("lr-1/shop"));

    assertThat(read(prod("lr-1/shop"))).isInstanceOf(AliasFact.Missing.class);
    assertThat(aws.over.gateway.caller(prod("lr-1/shop")))
        .isInstanceOfSatisfying(
            AwsReply.Done.class,
            done ->
                assertThat(((AwsPort.Caller) done.value()).accountId()).isEqualTo(PROD_ACCOUNT));
    assertThat(aws.simulator.calls().of("lambda"))
        .allMatch(call -> call.attempt().account().equals(PROD_ACCOUNT));
  }

  @Test
  void theWrongExternalIdIsDeniedAndSaysThatItIsTheRole() {
    aws.simulator.roles().register(Role.open(PROD_ROLE).withExternalId("lr-1/shop"));

    assertThat(read(prod("lr-1/other")))
        .isInstanceOfSatisfying(
            AliasFact.Unknown.class,
            unknown -> {
              assertThat(unknown.failure().kind()).isEqualTo(Kind.DENIED);
              assertThat(unknown.failure().message()).contains("sts:AssumeRole");
              assertThat(aws.over.gateway.refusal(prod("lr-1/other"))).isEqualTo(unknown.failure());
            });
    assertThat(aws.over.gateway.refusal(prod("lr-1/shop"))).as("nothing was asked").isNull();
    assertThat(aws.simulator.calls().of("lambda")).isEmpty();
  }

  @Test
  void theOperatorsOwnCredentialsDoNotReachAnotherAccount() {
    StageTarget own = new StageTarget(PROD_ACCOUNT, "us-east-1", null);

    assertThat(read(own)).isInstanceOf(AliasFact.Unknown.class);
    assertThat(aws.over.gateway.caller(own))
        .isInstanceOfSatisfying(
            AwsReply.Done.class,
            done ->
                assertThat(AwsPort.wrongAccount((AwsPort.Caller) done.value(), own)).isNotNull());
    assertThat(aws.simulator.calls().of("lambda")).isEmpty();
  }
}
