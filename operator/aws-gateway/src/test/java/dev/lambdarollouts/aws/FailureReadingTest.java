package dev.lambdarollouts.aws;

import static dev.lambdarollouts.aws.ScriptedAws.error;
import static dev.lambdarollouts.aws.ScriptedAws.html;
import static dev.lambdarollouts.aws.ScriptedAws.json;
import static dev.lambdarollouts.aws.ScriptedAws.lost;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.aws.ScriptedAws.Reply;
import dev.lambdarollouts.engine.fact.AliasFact;
import dev.lambdarollouts.engine.fact.AwsFailure;
import dev.lambdarollouts.engine.fact.AwsFailure.Kind;
import dev.lambdarollouts.engine.port.StageTarget;
import dev.lambdarollouts.engine.port.Urgency;
import java.net.URI;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each error as it really comes over the wire, through the SDK's own unmarshalling. */
class FailureReadingTest {
  private final ScriptedLambda lambda = new ScriptedLambda();
  private final ScriptedAws aws = lambda.aws;

  @AfterEach
  void close() {
    lambda.close();
  }

  private AwsFailure failure() {
    return failure(lambda.aliases.read("hello", "live", Urgency.SHIFT));
  }

  private static AwsFailure failure(AliasFact fact) {
    return ((AliasFact.Unknown) fact).failure();
  }

  static Stream<Arguments> answers() {
    return Stream.of(
        Arguments.of(error(429, "TooManyRequestsException", "Rate exceeded"), Kind.THROTTLED),
        Arguments.of(error(400, "ThrottlingException", "Rate exceeded"), Kind.THROTTLED),
        Arguments.of(
            error(
                400,
                "InvalidParameterValueException",
                "Your request has been throttled by EC2, please make sure you have enough API rate"
                    + " limit. EC2 Error Code: RequestLimitExceeded."),
            Kind.THROTTLED),
        Arguments.of(error(500, "ServiceException", "internal"), Kind.UNAVAILABLE),
        Arguments.of(error(503, "ServiceUnavailableException", "busy"), Kind.UNAVAILABLE),
        Arguments.of(html(502), Kind.UNAVAILABLE),
        Arguments.of(html(403), Kind.UNAVAILABLE),
        Arguments.of(html(404), Kind.UNAVAILABLE),
        Arguments.of(html(200), Kind.UNAVAILABLE),
        Arguments.of(html(429), Kind.THROTTLED),
        Arguments.of(json(400, ""), Kind.UNAVAILABLE),
        Arguments.of(lost(), Kind.UNAVAILABLE),
        Arguments.of(
            error(403, "AccessDeniedException", "User: arn is not authorized"), Kind.DENIED),
        Arguments.of(
            error(403, "ExpiredTokenException", "The security token included is expired"),
            Kind.DENIED),
        Arguments.of(
            error(403, "UnrecognizedClientException", "The security token is invalid"),
            Kind.DENIED),
        Arguments.of(error(403, "SomethingNew", "no"), Kind.DENIED),
        Arguments.of(
            error(412, "PreconditionFailedException", "The Revision Id provided"), Kind.CONFLICT),
        Arguments.of(
            error(409, "ResourceConflictException", "An update is in progress"), Kind.CONFLICT),
        Arguments.of(
            error(
                400,
                "InvalidParameterValueException",
                "Specified versions must be associated with the same execution role"),
            Kind.INVALID),
        Arguments.of(
            error(400, "ValidationException", "1 validation error detected"), Kind.INVALID),
        Arguments.of(error(413, "RequestEntityTooLargeException", "too large"), Kind.INVALID));
  }

  @ParameterizedTest
  @MethodSource("answers")
  void anErrorIsReadByWhatCanBeDoneAboutIt(Reply answer, Kind kind) {
    aws.always(answer);

    assertThat(failure().kind()).isEqualTo(kind);
  }

  @Test
  void aFailureSaysTheOperationAndAwsWordsAndNothingThatChangesEachTime() {
    aws.then(error(403, "AccessDeniedException", "User: arn is not authorized"));

    assertThat(failure())
        .isEqualTo(new AwsFailure(Kind.DENIED, "GetAlias", "User: arn is not authorized"));
  }

  @Test
  void aProxysPageIsSaidToBeNone() {
    aws.then(html(403));

    assertThat(failure().message()).isEqualTo("HTTP 403 without an AWS error code");
  }

  @ParameterizedTest
  @ValueSource(strings = {"InvalidSignatureException", "IncompleteSignatureException"})
  void aRefusedSignatureDoesNotRepeatTheSignedRequest(String code) {
    aws.then(
        error(
            403, code, "The Canonical String should have been 'x-amz-security-token:SECRETTOKEN'"));

    assertThat(failure().kind()).isEqualTo(Kind.DENIED);
    assertThat(failure().message()).doesNotContain("SECRETTOKEN");
  }

  @Test
  void nobodyListeningIsUnavailableAndSaysSo() {
    try (GatewayOverHttp nowhere = new GatewayOverHttp(URI.create("http://127.0.0.1:1"))) {
      AliasFact fact =
          nowhere.gateway.aliases(GatewayOverHttp.TARGET).read("hello", "live", Urgency.ROLLBACK);

      assertThat(failure(fact))
          .satisfies(
              failure -> assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE),
              failure -> assertThat(failure.message()).contains("Connection refused"));
    }
  }

  @Test
  void aRoleThatMayNotBeAssumedIsDeniedAndSaysThatItIsTheRole() {
    aws.sts(ScriptedAws.stsError(403, "AccessDenied", "not authorized to perform: sts:AssumeRole"));
    StageTarget target =
        new StageTarget(
            "111122223333",
            "us-east-1",
            new StageTarget.AssumedRole("arn:aws:iam::111122223333:role/p", null, null, Map.of()));

    try (GatewayOverHttp over = new GatewayOverHttp(aws.endpoint())) {
      AliasFact fact = over.gateway.aliases(target).read("hello", "live", Urgency.ROLLBACK);

      assertThat(failure(fact))
          .isEqualTo(
              new AwsFailure(
                  Kind.DENIED,
                  "GetAlias",
                  "AssumeRole: not authorized to perform: sts:AssumeRole"));
    }
  }
}
