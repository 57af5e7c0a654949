package dev.lambdarollouts.simulator.sts;

import static dev.lambdarollouts.simulator.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.simulator.TestAws;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.Tag;

/** Accounts, regions, roles and sessions. */
class IdentityTest {
  private static final String ROLE = "arn:aws:iam::222222222222:role/team/deployer";

  private final TestAws aws = new TestAws();

  @AfterEach
  void stop() {
    aws.close();
  }

  @Test
  void anAccessKeyOfTwelveDigitsIsThatAccountAndAnyOtherTheDefaultOne() {
    assertThat(aws.sts.getCallerIdentity().account()).isEqualTo(TestAws.ACCOUNT);
    assertThat(aws.sts.getCallerIdentity().arn())
        .isEqualTo("arn:aws:iam::" + TestAws.ACCOUNT + ":user/simulator");
    try (LambdaClient other = aws.lambda("AKIAIOSFODNN7EXAMPLE", "eu-west-1")) {
      aws.create("hello");
      assertThat(other.listFunctions().functions()).hasSize(1);
    }
  }

  @Test
  void accountsAndRegionsDoNotSeeEachOther() {
    aws.create("hello");
    try (LambdaClient otherAccount = aws.lambda("222222222222", "eu-west-1");
        LambdaClient otherRegion = aws.lambda(TestAws.ACCOUNT, "us-east-1")) {
      assertThat(otherAccount.listFunctions().functions()).isEmpty();
      assertThat(otherRegion.listFunctions().functions()).isEmpty();
      refused(
          403,
          "AccessDeniedException",
          "User: arn:aws:iam::222222222222:user/simulator is not authorized to perform:"
              + " lambda:GetFunction on resource: "
              + TestAws.arn("hello")
              + " because no resource-based policy allows the lambda:GetFunction action",
          () -> otherAccount.getFunction(r -> r.functionName(TestAws.arn("hello"))));
    }
  }

  @Test
  void anAssumedRoleActsInItsOwnAccountUntilItsSessionExpires() {
    AssumeRoleResponse assumed =
        aws.sts.assumeRole(
            r ->
                r.roleArn(ROLE)
                    .roleSessionName("rollouts")
                    .durationSeconds(900)
                    .tags(Tag.builder().key("stage").value("prod").build()));

    assertThat(assumed.assumedRoleUser().arn())
        .isEqualTo("arn:aws:sts::222222222222:assumed-role/deployer/rollouts");
    assertThat(assumed.credentials().expiration()).isEqualTo(TestAws.START.plusSeconds(900));
    try (LambdaClient session = aws.lambda(session(assumed.credentials()), "eu-west-1")) {
      assertThat(session.getAccountSettings().accountUsage().functionCount()).isZero();
      aws.advance(Duration.ofMinutes(15));
      refused(
          403,
          "ExpiredTokenException",
          "The security token included in the request is expired",
          session::listFunctions);
    }
  }

  @Test
  void aSessionIsRefusedWithAnotherToken() {
    Credentials credentials =
        aws.sts.assumeRole(r -> r.roleArn(ROLE).roleSessionName("rollouts")).credentials();
    AwsSessionCredentials forged =
        AwsSessionCredentials.create(
            credentials.accessKeyId(), credentials.secretAccessKey(), "forged");
    try (LambdaClient session = aws.lambda(forged, "eu-west-1")) {
      refused(
          403,
          "UnrecognizedClientException",
          "The security token included in the request is invalid.",
          session::listFunctions);
    }
  }

  @Test
  void aRegisteredRoleAsksForItsExternalIdAndTrustsItsAccounts() {
    aws.simulator
        .roles()
        .register(Role.open(ROLE).withExternalId("tenant-7").trusting(TestAws.ACCOUNT));
    String denied =
        "User: arn:aws:iam::"
            + TestAws.ACCOUNT
            + ":user/simulator is not authorized to perform: sts:AssumeRole on resource: "
            + ROLE;
    refused(
        403,
        "AccessDenied",
        denied,
        () -> aws.sts.assumeRole(r -> r.roleArn(ROLE).roleSessionName("rollouts")));
    refused(
        403,
        "AccessDenied",
        denied,
        () ->
            aws.sts.assumeRole(
                r -> r.roleArn(ROLE).roleSessionName("rollouts").externalId("other")));
    assertThat(
            aws.sts
                .assumeRole(r -> r.roleArn(ROLE).roleSessionName("rollouts").externalId("tenant-7"))
                .credentials())
        .isNotNull();
    refused(
        403,
        "AccessDenied",
        denied + "-unknown",
        () -> aws.sts.assumeRole(r -> r.roleArn(ROLE + "-unknown").roleSessionName("rollouts")));
  }

  @Test
  void aRoleIsNotAssumedFromAnAccountThatItDoesNotTrust() {
    aws.simulator.roles().register(Role.open(ROLE).trusting(TestAws.ACCOUNT));
    try (StsClient stranger = aws.sts(AwsBasicCredentials.create("333333333333", "secret"))) {
      refused(
          403,
          "AccessDenied",
          "User: arn:aws:iam::333333333333:user/simulator is not authorized to perform:"
              + " sts:AssumeRole on resource: "
              + ROLE,
          () -> stranger.assumeRole(r -> r.roleArn(ROLE).roleSessionName("rollouts")));
    }
    assertThat(aws.sts.assumeRole(r -> r.roleArn(ROLE).roleSessionName("rollouts")).credentials())
        .isNotNull();
  }

  @Test
  void aSessionThatExpiresWhileTheClockJumpsIsRefused() {
    Credentials credentials =
        aws.sts.assumeRole(r -> r.roleArn(ROLE).roleSessionName("rollouts")).credentials();
    try (LambdaClient session = aws.lambda(session(credentials), "eu-west-1")) {
      aws.time.advance(Duration.ofHours(1)); // nothing has caught up with it when the call comes
      refused(
          403,
          "ExpiredTokenException",
          "The security token included in the request is expired",
          session::listFunctions);
    }
  }

  @Test
  void sessionLengthsAreLimited() {
    aws.simulator.roles().register(Role.open(ROLE));
    refused(
        400,
        "ValidationError",
        "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
        () ->
            aws.sts.assumeRole(
                r -> r.roleArn(ROLE).roleSessionName("rollouts").durationSeconds(7200)));
    refused(
        400,
        "ValidationError",
        "1 validation error detected: Value '60' at 'durationSeconds' failed to satisfy constraint:"
            + " Member must have value greater than or equal to 900",
        () ->
            aws.sts.assumeRole(
                r -> r.roleArn(ROLE).roleSessionName("rollouts").durationSeconds(60)));
    aws.simulator.roles().register(Role.open(ROLE).withMaxSession(Duration.ofHours(12)));
    Credentials first =
        aws.sts.assumeRole(r -> r.roleArn(ROLE).roleSessionName("first")).credentials();
    try (StsClient chained = aws.sts(session(first))) {
      refused(
          400,
          "ValidationError",
          "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role"
              + " chaining",
          () ->
              chained.assumeRole(
                  r -> r.roleArn(ROLE).roleSessionName("second").durationSeconds(7200)));
    }
  }

  @Test
  void sessionsCanBeMadeToExpire() {
    Credentials credentials =
        aws.sts.assumeRole(r -> r.roleArn(ROLE).roleSessionName("rollouts")).credentials();
    aws.simulator.accounts().expireAll();
    try (StsClient session = aws.sts(session(credentials))) {
      refused(
          403,
          "ExpiredToken",
          "The security token included in the request is expired",
          session::getCallerIdentity);
    }
  }

  private static AwsSessionCredentials session(Credentials credentials) {
    return AwsSessionCredentials.create(
        credentials.accessKeyId(), credentials.secretAccessKey(), credentials.sessionToken());
  }
}
