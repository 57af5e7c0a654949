package dev.lambdarollouts.aws;

import static dev.lambdarollouts.aws.ScriptedAws.error;
import static dev.lambdarollouts.aws.ScriptedAws.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.engine.fact.AwsFailure;
import dev.lambdarollouts.engine.fact.AwsFailure.Kind;
import dev.lambdarollouts.engine.fact.ReleaseId;
import dev.lambdarollouts.engine.fact.VersionFact;
import dev.lambdarollouts.engine.fact.VersionFact.State;
import dev.lambdarollouts.engine.fact.VersionNumber;
import dev.lambdarollouts.engine.port.AwsReply;
import dev.lambdarollouts.engine.port.Owner;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LambdaVersionsTest {
  private static final ReleaseId RELEASE = ScriptedLambda.RELEASES.of(Definitions.small().build());
  private static final String SHA = GetFunctionJson.codeSha256(Definitions.small());

  private final ScriptedLambda lambda = new ScriptedLambda();
  private final ScriptedAws aws = lambda.aws;

  @AfterEach
  void close() {
    lambda.close();
  }

  private static String version(String number, String state, String more) {
    return "{\"Version\":\""
        + number
        + "\",\"State\":\""
        + state
        + "\",\"CodeSha256\":\""
        + SHA
        + "\",\"Role\":\"arn:role\""
        + more
        + "}";
  }

  private static ScriptedAws.Reply gotten(String configuration) {
    return json(200, "{\"Configuration\":" + configuration + "}");
  }

  private static VersionFact.Published published(String number, State state) {
    return new VersionFact.Published(new VersionNumber(number), state, SHA, "arn:role", null, null);
  }

  private static ScriptedAws.Reply page(int from, int to, String described, String next) {
    String versions =
        IntStream.range(from, to)
            .mapToObj(
                n ->
                    "{\"Version\":\""
                        + (n == 0 ? "$LATEST" : n)
                        + "\",\"Description\":\""
                        + (described.contains("," + n + ",") ? RELEASE.value() : "1-0000000000")
                        + "\"}")
            .collect(Collectors.joining(","));
    return json(
        200,
        "{\"Versions\":["
            + versions
            + "]"
            + (next.isEmpty() ? "" : ",\"NextMarker\":\"" + next + "\"")
            + "}");
  }

  // -- find and read

  @Test
  void theNewestVersionOfTheReleaseIsFoundThroughAllPages() {
    aws.then(
        page(0, 50, ",0,9,49,", "m1"),
        page(50, 100, ",50,99,", "m2"),
        page(100, 120, ",100,", ""),
        gotten(version("100", "Active", "")));

    assertThat(lambda.functions.find("hello", RELEASE)).isEqualTo(published("100", State.ACTIVE));
    assertThat(aws.lines())
        .containsExactly(
            "GET /2015-03-31/functions/hello/versions?MaxItems=50",
            "GET /2015-03-31/functions/hello/versions?Marker=m1&MaxItems=50",
            "GET /2015-03-31/functions/hello/versions?Marker=m2&MaxItems=50",
            "GET /2015-03-31/functions/hello?Qualifier=100");
  }

  @Test
  void latestIsNoVersionEvenUnderTheReleasesDescription() {
    aws.then(page(0, 3, ",0,", ""));

    assertThat(lambda.functions.find("hello", RELEASE)).isEqualTo(new VersionFact.NotPublished());
  }

  @Test
  void withoutAFunctionNothingIsPublished() {
    aws.then(error(404, "ResourceNotFoundException", "Function not found: arn"));

    assertThat(lambda.functions.find("hello", RELEASE)).isEqualTo(new VersionFact.NotPublished());
  }

  @Test
  void aListingThatBreaksOffIsUnknown() {
    aws.then(page(0, 50, ",9,", "m1"), error(403, "AccessDeniedException", "no"));

    assertThat(lambda.functions.find("hello", RELEASE))
        .isEqualTo(
            new VersionFact.Unknown(new AwsFailure(Kind.DENIED, "ListVersionsByFunction", "no")));
  }

  @ParameterizedTest
  @CsvSource({"Active,ACTIVE", "Inactive,ACTIVE", "Pending,PENDING", "Failed,FAILED"})
  void aVersionsStateIsRead(String said, State state) {
    aws.then(gotten(version("8", said, "")));

    assertThat(lambda.functions.version("hello", new VersionNumber("8")))
        .isEqualTo(published("8", state));
  }

  @ParameterizedTest
  @CsvSource({"Deactivated", "Deleting", "Thawing"})
  void anyOtherStateOfAVersionIsUnknown(String said) {
    aws.then(gotten(version("8", said, "")));

    assertThat(lambda.functions.version("hello", new VersionNumber("8")))
        .isInstanceOfSatisfying(
            VersionFact.Unknown.class, unknown -> assertThat(unknown.why()).contains(said));
  }

  @Test
  void whatAVersionMustShareWithItsAliasIsRead() {
    aws.then(
        gotten(
            version(
                "8",
                "Failed",
                ",\"DeadLetterConfig\":{\"TargetArn\":\"arn:q\"},\"StateReasonCode\":\"EniLimitExceeded\",\"StateReason\":\"too"
                    + " many\"")));

    assertThat(lambda.functions.version("hello", new VersionNumber("8")))
        .isEqualTo(
            new VersionFact.Published(
                new VersionNumber("8"),
                State.FAILED,
                SHA,
                "arn:role",
                "arn:q",
                "EniLimitExceeded: too many"));
  }

  // -- publish

  private void readReady() {
    aws.then(
        json(200, GetFunctionJson.of(Definitions.small()).with("RevisionId", "\"r7\"").build()));
    var _ = lambda.functions.read(Definitions.small().build(), new Owner("lr-1", "shop", "hello"));
  }

  @Test
  void whatWasReadIsPublishedInOneCallThatSaysCodeRevisionAndRelease() {
    readReady();
    aws.then(json(201, version("8", "Pending", "")));

    assertThat(lambda.functions.publish("hello-dev", RELEASE, SHA))
        .isEqualTo(new AwsReply.Done<>(published("8", State.PENDING)));
    assertThat(aws.lines()).hasSize(2);
    assertThat(aws.requests().getLast().body())
        .contains("\"CodeSha256\":\"" + SHA + "\"")
        .contains("\"RevisionId\":\"r7\"")
        .contains("\"Description\":\"" + RELEASE + "\"");
  }

  @Test
  void whatWasNotReadToBeTheReleaseIsNotPublished() {
    readReady();
    Definitions next = Definitions.small();
    next.memorySize = 512;
    ReleaseId another = ScriptedLambda.RELEASES.of(next.build());

    assertThat(kind(lambda.functions.publish("hello-dev", another, SHA))).isEqualTo(Kind.CONFLICT);
    assertThat(kind(lambda.functions.publish("hello-prod", RELEASE, SHA))).isEqualTo(Kind.CONFLICT);
    assertThat(aws.lines()).hasSize(1);
  }

  @Test
  void whatIsNotAtRestIsNotPublished() {
    aws.then(
        json(
            200,
            GetFunctionJson.of(Definitions.small())
                .with("LastUpdateStatus", "\"InProgress\"")
                .build()));
    var _ = lambda.functions.read(Definitions.small().build(), new Owner("lr-1", "shop", "hello"));

    assertThat(kind(lambda.functions.publish("hello-dev", RELEASE, SHA))).isEqualTo(Kind.CONFLICT);
    assertThat(aws.lines()).hasSize(1);
  }

  @Test
  void aPublishWhoseReplyWasLostFindsItsVersion() {
    readReady();
    aws.then(
        error(412, "PreconditionFailedException", "The Revision Id provided"),
        page(0, 9, ",8,", ""),
        gotten(version("8", "Active", "")));

    assertThat(lambda.functions.publish("hello-dev", RELEASE, SHA))
        .isEqualTo(new AwsReply.Done<>(published("8", State.ACTIVE)));
  }

  @Test
  void aFunctionThatSomebodyElseChangedIsAConflict() {
    readReady();
    aws.then(
        error(412, "PreconditionFailedException", "The Revision Id provided"), page(0, 9, "", ""));

    assertThat(kind(lambda.functions.publish("hello-dev", RELEASE, SHA))).isEqualTo(Kind.CONFLICT);
  }

  @Test
  void otherCodeThanWasReadIsAConflictThoughAwsCallsItAParameter() {
    readReady();
    aws.then(
        error(
            400,
            "InvalidParameterValueException",
            "CodeSHA256 (X) is different from current CodeSHA256 in $LATEST (Y). Please try again"
                + " with the CodeSHA256 in $LATEST."));

    assertThat(kind(lambda.functions.publish("hello-dev", RELEASE, SHA))).isEqualTo(Kind.CONFLICT);
  }

  private static Kind kind(AwsReply<?> reply) {
    return ((AwsReply.Failed<?>) reply).failure().kind();
  }
}
