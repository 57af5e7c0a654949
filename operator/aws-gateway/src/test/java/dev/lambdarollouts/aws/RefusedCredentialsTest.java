package dev.lambdarollouts.aws;

import static dev.lambdarollouts.aws.ScriptedAws.error;
import static dev.lambdarollouts.aws.ScriptedAws.html;
import static dev.lambdarollouts.aws.ScriptedAws.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.aws.ScriptedAws.Reply;
import dev.lambdarollouts.engine.fact.AwsFailure;
import dev.lambdarollouts.engine.fact.AwsFailure.Kind;
import dev.lambdarollouts.engine.port.Urgency;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether AWS takes the credentials at all, by what it answered last. */
class RefusedCredentialsTest {
  private static final Reply ANSWER = json(200, "{\"FunctionVersion\":\"1\",\"RevisionId\":\"r\"}");

  private final ScriptedLambda lambda = new ScriptedLambda();

  @AfterEach
  void close() {
    lambda.close();
  }

  private AwsFailure refusalAfter(Reply answer) {
    lambda.aws.then(answer);
    lambda.aliases.read("hello", "live", Urgency.ROLLBACK);
    return lambda.calls.refusal();
  }

  @ParameterizedTest
  @CsvSource({
    "ExpiredTokenException, The security token included in the request is expired",
    "UnrecognizedClientException, The security token included in the request is invalid",
    "InvalidSignatureException, Signature expired"
  })
  void credentialsThatAwsDoesNotTakeAreToldUntilItTakesThem(String code, String words) {
    assertThat(refusalAfter(error(403, code, words)))
        .satisfies(
            refusal -> {
              assertThat(refusal.kind()).isEqualTo(Kind.DENIED);
              assertThat(refusal.operation()).isEqualTo("GetAlias");
            });
    assertThat(refusalAfter(html(503))).as("an outage says nothing of them").isNotNull();
    assertThat(refusalAfter(ANSWER)).isNull();
  }

  @Test
  void aRightThatIsMissingIsNoRefusalOfEveryCall() {
    assertThat(refusalAfter(error(403, "AccessDeniedException", "not authorized"))).isNull();
    assertThat(refusalAfter(error(403, "SomethingNew", "no"))).isNull();

    refusalAfter(error(403, "ExpiredTokenException", "expired"));
    assertThat(refusalAfter(error(404, "ResourceNotFoundException", "no such alias")))
        .as("who is told this was let in")
        .isNull();
  }
}
