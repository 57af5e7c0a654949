package dev.lambdarollouts.aws;

import static dev.lambdarollouts.aws.ScriptedAws.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lambdarollouts.engine.fact.AliasFact;
import dev.lambdarollouts.engine.fact.AwsFailure.Kind;
import dev.lambdarollouts.engine.port.AlarmPort;
import dev.lambdarollouts.engine.port.AwsPort.Caller;
import dev.lambdarollouts.engine.port.AwsReply;
import dev.lambdarollouts.engine.port.StageTarget;
import dev.lambdarollouts.engine.port.StageTarget.AssumedRole;
import dev.lambdarollouts.engine.port.Urgency;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AwsGatewayTest {
  private static final AssumedRole PROD =
      new AssumedRole(
          "arn:aws:iam::111122223333:role/prod",
          "lr-1/shop",
          Duration.ofMinutes(30),
          Map.of("namespace", "shop"));
  private static final StageTarget AS_PROD = new StageTarget("111122223333", "eu-west-1", PROD);

  private final ScriptedAws aws = new ScriptedAws();
  private final GatewayOverHttp over = new GatewayOverHttp(aws.endpoint());

  @AfterEach
  void close() {
    over.close();
    aws.close();
  }

  private AliasFact read(StageTarget target) {
    return over.gateway.aliases(target).read("hello", "live", Urgency.SHIFT);
  }

  private void answerAliases() {
    aws.always(json(200, "{\"FunctionVersion\":\"1\",\"RevisionId\":\"r\"}"));
  }

  @Test
  void aRoleIsTakenOnOnceWithItsExternalIdDurationAndTags() {
    answerAliases();

    assertThat(read(AS_PROD)).isInstanceOf(AliasFact.Present.class);
    assertThat(read(AS_PROD)).isInstanceOf(AliasFact.Present.class);

    assertThat(aws.stsBodies())
        .map(body -> URLDecoder.decode(body, StandardCharsets.UTF_8))
        .satisfiesExactly(
            assume ->
                assertThat(assume)
                    .contains("Action=AssumeRole")
                    .contains("RoleArn=arn:aws:iam::111122223333:role/prod")
                    .contains("ExternalId=lr-1/shop")
                    .contains("DurationSeconds=1800")
                    .contains("RoleSessionName=lambda-rollouts-lr-1")
                    .contains("Tags.member.1.Key=namespace")
                    .contains("Tags.member.1.Value=shop"),
            identity -> assertThat(identity).contains("Action=GetCallerIdentity"));
  }

  @Test
  void onePortForEachAccountRegionAndRole() {
    StageTarget otherRegion = new StageTarget("111122223333", "us-west-2", PROD);
    StageTarget ownRights = new StageTarget("111122223333", "eu-west-1", null);

    assertThat(over.gateway.aliases(AS_PROD))
        .isSameAs(over.gateway.aliases(new StageTarget("111122223333", "eu-west-1", PROD)))
        .isNotSameAs(over.gateway.aliases(otherRegion))
        .isNotSameAs(over.gateway.aliases(ownRights));
    assertThat(over.gateway.alarms(AS_PROD)).isNotSameAs(over.gateway.alarms(ownRights));
  }

  @Test
  void targetsThatNobodyUsesAreForgottenAndThoseWithAWatcherAreNot() {
    try (AwsGateway two =
        new AwsGateway(
            over.time,
            new InstallationIdentity("lr-1", GatewayOverHttp.KEY),
            GatewaySettings.DEFAULT,
            AwsCallListener.NONE,
            2)) {
      StageTarget watched = new StageTarget("111122223333", "eu-west-1", null);
      StageTarget idle = new StageTarget("111122223333", "eu-west-2", null);
      AlarmPort watching = two.alarms(watched);
      AlarmPort unused = two.alarms(idle);
      watching.watch("prod", Set.of("errors"), () -> {});

      two.alarms(new StageTarget("111122223333", "eu-west-3", null));

      assertThat(two.alarms(watched)).isSameAs(watching);
      assertThat(two.alarms(idle)).isNotSameAs(unused);
    }
  }

  @Test
  void theCallerIsTheCredentialsOwner() {
    assertThat(over.gateway.caller(GatewayOverHttp.TARGET))
        .isEqualTo(
            new AwsReply.Done<>(
                new Caller("111122223333", "arn:aws:sts::111122223333:assumed-role/operator/i")));
  }

  @Test
  void anotherAccountsCredentialsReachNothing() {
    StageTarget other = new StageTarget("999988887777", "us-east-1", null);

    assertThat(read(other))
        .isInstanceOfSatisfying(
            AliasFact.Unknown.class,
            unknown -> {
              assertThat(unknown.failure().kind()).isEqualTo(Kind.DENIED);
              assertThat(unknown.failure().message()).contains("spec.accountId is 999988887777");
            });
    assertThat(aws.requests()).isEmpty();
  }

  @Test
  void theListenerHearsOfEveryCallAndItsOutcome() {
    answerAliases();
    read(GatewayOverHttp.TARGET);
    aws.always(ScriptedAws.error(403, "AccessDeniedException", "no"));
    read(GatewayOverHttp.TARGET);

    assertThat(over.heard())
        .containsExactly(
            "sts GetCallerIdentity OK", "lambda GetAlias OK", "lambda GetAlias DENIED");
  }

  @Test
  void aKeyThatIsTooShortIsRefusedWithoutShowingIt() {
    assertThatThrownBy(() -> new InstallationIdentity("lr-1", new byte[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3 bytes");
    assertThat(new InstallationIdentity("lr-1", GatewayOverHttp.KEY).toString())
        .isEqualTo("InstallationIdentity[lr-1]");
  }
}
