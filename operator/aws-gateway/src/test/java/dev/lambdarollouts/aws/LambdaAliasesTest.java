package dev.lambdarollouts.aws;

import static dev.lambdarollouts.aws.ScriptedAws.error;
import static dev.lambdarollouts.aws.ScriptedAws.json;
import static dev.lambdarollouts.aws.ScriptedAws.lost;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.engine.fact.AliasFact;
import dev.lambdarollouts.engine.fact.AliasFact.Source;
import dev.lambdarollouts.engine.fact.AliasMark;
import dev.lambdarollouts.engine.fact.AliasTarget;
import dev.lambdarollouts.engine.fact.AwsFailure.Kind;
import dev.lambdarollouts.engine.fact.ReleaseId;
import dev.lambdarollouts.engine.fact.VersionNumber;
import dev.lambdarollouts.engine.plan.Weight;
import dev.lambdarollouts.engine.port.AliasPort;
import dev.lambdarollouts.engine.port.AwsReply;
import dev.lambdarollouts.engine.port.Urgency;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LambdaAliasesTest {
  private static final VersionNumber SEVEN = new VersionNumber("7");
  private static final VersionNumber EIGHT = new VersionNumber("8");
  private static final AliasMark MARK =
      new AliasMark(
          "ab12",
          new AliasMark.Marked(SEVEN, new ReleaseId("1-0aa3f0c1e2")),
          new AliasMark.Marked(EIGHT, new ReleaseId("1-5f1c9a0b7d")),
          null);
  private static final String STALE =
      "The Revision Id provided does not match the latest Revision Id. Call the"
          + " GetFunction/GetAlias API to retrieve the latest Revision Id";

  private final ScriptedAws aws = new ScriptedAws();
  private final GatewayOverHttp over = new GatewayOverHttp(aws.endpoint());
  private final AliasPort aliases = over.gateway.aliases(GatewayOverHttp.TARGET);

  @AfterEach
  void close() {
    over.close();
    aws.close();
  }

  private static String alias(String version, String routing, String revision) {
    return "{\"Name\":\"live\",\"FunctionVersion\":\""
        + version
        + "\",\"Description\":\""
        + MARK.description()
        + "\","
        + routing
        + "\"RevisionId\":\""
        + revision
        + "\"}";
  }

  private static String weight(String version, String weight) {
    return "\"RoutingConfig\":{\"AdditionalVersionWeights\":{\"" + version + "\":" + weight + "}},";
  }

  private AwsReply<AliasFact.Present> shift(Weight weight) {
    return aliases.update(
        "hello", "live", AliasTarget.split(SEVEN, EIGHT, weight), MARK, "r1", Urgency.SHIFT);
  }

  @Test
  void aShiftIsOneCallThatSaysTargetMarkAndRevision() {
    aws.then(json(200, alias("7", weight("8", "0.3"), "r2")));

    AwsReply<AliasFact.Present> reply = shift(Weight.ofPercent(30));

    assertThat(aws.lines()).containsExactly("PUT /2015-03-31/functions/hello/aliases/live");
    assertThat(aws.requests().getFirst().body())
        .contains("\"FunctionVersion\":\"7\"")
        .contains("\"RoutingConfig\":{\"AdditionalVersionWeights\":{\"8\":0.3}}")
        .contains("\"Description\":\"" + MARK.description() + "\"")
        .contains("\"RevisionId\":\"r1\"");
    assertThat(reply)
        .isEqualTo(
            new AwsReply.Done<>(
                new AliasFact.Present(
                    AliasTarget.split(SEVEN, EIGHT, Weight.ofPercent(30)),
                    "r2",
                    MARK,
                    ManualTime.START,
                    Source.REPLY)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.5%=0.005", "0.01%=1.0E-4", "29%=0.29", "57%=0.57", "99.99%=0.9999"})
  void aWeightIsSentAsTheDecimalThatItIs(String example) {
    String[] parts = example.split("=", -1);
    aws.then(json(200, alias("7", weight("8", parts[1]), "r2")));

    var _ = shift(Weight.parse(parts[0]));

    assertThat(aws.requests().getFirst().body()).contains("{\"8\":" + parts[1] + "}");
  }

  @Test
  void allTrafficOnOneVersionClearsTheWeights() {
    aws.then(json(200, alias("8", "", "r2")));

    var reply =
        aliases.update("hello", "live", AliasTarget.only(EIGHT), MARK, "r1", Urgency.ROLLBACK);

    assertThat(aws.requests().getFirst().body())
        .contains("\"RoutingConfig\":{\"AdditionalVersionWeights\":{}}");
    assertThat(reply).isInstanceOf(AwsReply.Done.class);
  }

  @Test
  void aReplyThatWasLostIsReadAgainAndDone() {
    aws.then(
        lost(),
        error(412, "PreconditionFailedException", STALE),
        json(200, alias("7", weight("8", "0.1"), "r2")));

    AwsReply<AliasFact.Present> reply = shift(Weight.ofPercent(10));

    assertThat(reply)
        .isEqualTo(
            new AwsReply.Done<>(
                new AliasFact.Present(
                    AliasTarget.split(SEVEN, EIGHT, Weight.ofPercent(10)),
                    "r2",
                    MARK,
                    ManualTime.START,
                    Source.READ)));
    assertThat(over.heard())
        .containsExactly(
            "sts GetCallerIdentity OK", "lambda UpdateAlias CONFLICT", "lambda GetAlias OK");
  }

  @Test
  void somebodyElsesMoveIsAConflict() {
    aws.then(error(412, "PreconditionFailedException", STALE), json(200, alias("9", "", "r9")));

    assertThat(kind(shift(Weight.ofPercent(10)))).isEqualTo(Kind.CONFLICT);
  }

  @Test
  void theRightTargetUnderAnotherMarkIsAConflict() {
    aws.then(
        error(412, "PreconditionFailedException", STALE),
        json(200, alias("7", weight("8", "0.1"), "r9").replace("ab12", "cd34")));

    assertThat(kind(shift(Weight.ofPercent(10)))).isEqualTo(Kind.CONFLICT);
  }

  @Test
  void aConflictThatCannotBeReadAgainIsUnknown() {
    aws.then(
        error(412, "PreconditionFailedException", STALE),
        error(403, "AccessDeniedException", "no"));

    assertThat(kind(shift(Weight.ofPercent(10)))).isEqualTo(Kind.UNAVAILABLE);
  }

  @Test
  void anAliasThatIsThereAsAskedForCountsAsMade() {
    aws.then(
        error(409, "ResourceConflictException", "Alias already exists: arn"),
        json(200, alias("8", "", "r1")));

    assertThat(aliases.create("hello", "live", AliasTarget.only(EIGHT), MARK))
        .isInstanceOf(AwsReply.Done.class);
  }

  @Test
  void anAliasThatIsThereOtherwiseIsAConflict() {
    aws.then(
        error(409, "ResourceConflictException", "Alias already exists: arn"),
        json(200, alias("3", "", "r1")));

    assertThat(kind(aliases.create("hello", "live", AliasTarget.only(EIGHT), MARK)))
        .isEqualTo(Kind.CONFLICT);
  }

  @Test
  void anAliasThatIsNotThereIsMissing() {
    aws.then(error(404, "ResourceNotFoundException", "Cannot find alias arn: arn"));

    assertThat(aliases.read("hello", "live", Urgency.SHIFT))
        .isEqualTo(new AliasFact.Missing(ManualTime.START));
  }

  @Test
  void aProxysNotFoundIsNoMissingAlias() {
    aws.then(ScriptedAws.html(404));

    assertThat(aliases.read("hello", "live", Urgency.SHIFT))
        .isInstanceOfSatisfying(
            AliasFact.Unknown.class,
            unknown -> assertThat(unknown.failure().kind()).isEqualTo(Kind.UNAVAILABLE));
  }

  @Test
  void anAliasThatAnotherMadeHasNoMark() {
    aws.then(json(200, "{\"Name\":\"live\",\"FunctionVersion\":\"$LATEST\",\"RevisionId\":\"r\"}"));

    assertThat(aliases.read("hello", "live", Urgency.DRIFT_CHECK))
        .isEqualTo(
            new AliasFact.Present(
                AliasTarget.only(new VersionNumber("$LATEST")),
                "r",
                null,
                ManualTime.START,
                Source.READ));
  }

  @Test
  void aWeightOfAwsOwnIsReadAsItIs() {
    aws.then(json(200, alias("8", weight("7", "1.0"), "r")));

    assertThat(aliases.read("hello", "live", Urgency.SHIFT))
        .isInstanceOfSatisfying(
            AliasFact.Present.class,
            present -> assertThat(present.target().weightOf(SEVEN)).isEqualTo(Weight.ALL));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"FunctionVersion\":\"7\"}",
        "{\"RevisionId\":\"r\"}",
        "{\"FunctionVersion\":\"7\",\"RevisionId\":\"r\",\"RoutingConfig\":"
            + "{\"AdditionalVersionWeights\":{\"8\":1.5}}}",
        "{\"FunctionVersion\":\"7\",\"RevisionId\":\"r\",\"RoutingConfig\":"
            + "{\"AdditionalVersionWeights\":{\"8\":0.1,\"9\":0.1}}}",
        "<html>hello</html>",
        "{\"FunctionVersion\":"
      })
  void anAnswerThatCannotBeReadIsUnknownAndNeverGuessed(String body) {
    aws.always(json(200, body));

    assertThat(aliases.read("hello", "live", Urgency.SHIFT)).isInstanceOf(AliasFact.Unknown.class);
  }

  private static Kind kind(AwsReply<?> reply) {
    return ((AwsReply.Failed<?>) reply).failure().kind();
  }
}
