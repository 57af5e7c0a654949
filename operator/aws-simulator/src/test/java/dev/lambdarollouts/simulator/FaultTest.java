package dev.lambdarollouts.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lambdarollouts.simulator.door.Call;
import dev.lambdarollouts.simulator.door.Fault;
import dev.lambdarollouts.simulator.door.Faults;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.lambda.model.TooManyRequestsException;

/** Faults on demand, and the record of all calls. */
class FaultTest {
  private final TestAws aws = new TestAws();

  @BeforeEach
  void function() {
    aws.create("hello");
    aws.simulator.calls().clear();
  }

  @AfterEach
  void stop() {
    aws.close();
  }

  @Test
  void everyCallIsRecordedWithWhoWhatWhenAndHowItEnded() {
    aws.lambda.getFunction(r -> r.functionName("hello"));
    assertThatThrownBy(() -> aws.lambda.getAlias(r -> r.functionName("hello").name("live")));
    aws.cloudWatch.describeAlarms(r -> r.alarmNames("a", "b"));

    List<Call> calls = aws.simulator.calls().all();
    assertThat(calls)
        .extracting(Call::operation)
        .containsExactly("GetFunction", "GetAlias", "DescribeAlarms");
    assertThat(calls).extracting(Call::status).containsExactly(200, 404, 200);
    assertThat(calls).extracting(Call::resource).containsExactly("hello", "hello:live", "a,b");
    assertThat(calls.get(1).errorCode()).isEqualTo("ResourceNotFoundException");
    assertThat(calls.getFirst().attempt().account()).isEqualTo(TestAws.ACCOUNT);
    assertThat(calls.getFirst().attempt().region()).isEqualTo("eu-west-1");
    assertThat(calls.getFirst().attempt().at()).isEqualTo(aws.time.instant());
    assertThat(aws.simulator.calls().count("lambda", "GetAlias")).isEqualTo(1);
  }

  @Test
  void aThrottledCallIsTriedAgainByTheClient() {
    Faults.Rule rule = aws.simulator.faults().once("lambda", "GetFunction", Fault.throttled());

    aws.lambda.getFunction(r -> r.functionName("hello"));

    assertThat(rule.struck()).isEqualTo(1);
    assertThat(aws.simulator.calls().of("lambda", "GetFunction"))
        .extracting(Call::status)
        .containsExactly(429, 200);
  }

  @Test
  void throttlingIsToldInEachServicesWay() {
    aws.simulator.faults().add(attempt -> true, Fault.throttled());

    TooManyRequestsException lambda =
        catchThrowableOfType(
            TooManyRequestsException.class,
            () -> aws.lambda.getFunction(r -> r.functionName("hello")));
    assertThat(lambda.awsErrorDetails().errorMessage()).isEqualTo("Rate exceeded");
    assertThat(lambda.reasonAsString()).isEqualTo("CallerRateLimitExceeded");
    AwsServiceException cloudWatch =
        catchThrowableOfType(AwsServiceException.class, () -> aws.cloudWatch.describeAlarms());
    assertThat(cloudWatch.statusCode()).isEqualTo(400);
    assertThat(cloudWatch.awsErrorDetails().errorCode()).isEqualTo("Throttling");
    assertThat(cloudWatch.isThrottlingException()).isTrue();
  }

  @Test
  void aServiceErrorAfterTheEffectHasChangedWhatItSaysItHasNot() {
    RawClient raw = new RawClient(aws.simulator.endpoint(), TestAws.ACCOUNT, "lambda");
    aws.simulator.faults().once("lambda", "CreateAlias", Fault.serverErrorAfterEffect());

    HttpResponse<byte[]> response =
        raw.send(
            "POST",
            "/2015-03-31/functions/hello/aliases",
            "{\"Name\":\"live\",\"FunctionVersion\":\"$LATEST\"}");

    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(aws.lambda.getAlias(r -> r.functionName("hello").name("live")).name())
        .isEqualTo("live");
    assertThat(aws.simulator.calls().of("lambda", "CreateAlias").getFirst().tookEffect()).isTrue();
  }

  @Test
  void aReplyThatIsLostLeavesTheEffect() {
    aws.simulator
        .faults()
        .add(attempt -> attempt.is("lambda", "PublishVersion"), Fault.cutAfterEffect());

    assertThatThrownBy(() -> aws.lambda.publishVersion(r -> r.functionName("hello")))
        .isInstanceOf(SdkClientException.class);

    assertThat(aws.lambda.listVersionsByFunction(r -> r.functionName("hello")).versions())
        .hasSize(2);
    Call first = aws.simulator.calls().of("lambda", "PublishVersion").getFirst();
    assertThat(first.status()).isZero();
    assertThat(first.tookEffect()).isTrue();
  }

  @Test
  void aRequestThatNeverArrivesHasNoEffect() {
    aws.simulator.faults().add(attempt -> attempt.mutates(), Fault.cutBeforeEffect());

    assertThatThrownBy(() -> aws.lambda.publishVersion(r -> r.functionName("hello")))
        .isInstanceOf(SdkClientException.class);

    assertThat(aws.lambda.listVersionsByFunction(r -> r.functionName("hello")).versions())
        .hasSize(1);
  }

  @Test
  void anEndpointThatIsDownAnswersNothingUntilItIsUp() {
    aws.simulator.faults().down();
    assertThatThrownBy(() -> aws.lambda.getFunction(r -> r.functionName("hello")))
        .isInstanceOf(SdkClientException.class);

    aws.simulator.faults().up();
    assertThat(aws.lambda.getFunction(r -> r.functionName("hello")).configuration()).isNotNull();
  }

  @Test
  void accessDeniedAndExpiredCredentialsAreNotTriedAgain() {
    aws.simulator.faults().once("lambda", "GetFunction", Fault.accessDenied());
    assertThatThrownBy(() -> aws.lambda.getFunction(r -> r.functionName("hello")))
        .hasMessageContaining("is not authorized to perform: lambda:GetFunction on resource: hello")
        .extracting(thrown -> ((AwsServiceException) thrown).statusCode())
        .isEqualTo(403);
    aws.simulator.faults().once("lambda", "GetFunction", Fault.expiredCredentials());
    assertThatThrownBy(() -> aws.lambda.getFunction(r -> r.functionName("hello")))
        .hasMessageContaining("The security token included in the request is expired");
    assertThat(aws.simulator.calls().count("lambda", "GetFunction")).isEqualTo(2);
  }

  @Test
  void aDelayedCallIsServed() {
    aws.simulator.faults().once("lambda", "GetFunction", Fault.delayed(Duration.ofMillis(50)));
    long before = System.nanoTime();

    aws.lambda.getFunction(r -> r.functionName("hello"));

    assertThat(Duration.ofNanos(System.nanoTime() - before))
        .isGreaterThanOrEqualTo(Duration.ofMillis(50));
  }

  @Test
  void quotasThrottleInSimulatedTimeWhenTheyAreAskedFor() {
    try (TestAws strict = new TestAws(settings -> settings.quotas(true))) {
      RawClient raw = new RawClient(strict.simulator.endpoint(), TestAws.ACCOUNT, "lambda");
      for (int i = 0; i < 15; i++) {
        assertThat(raw.send("GET", "/2015-03-31/functions", "").statusCode()).isEqualTo(200);
      }
      assertThat(raw.send("GET", "/2015-03-31/functions", "").statusCode()).isEqualTo(429);
      assertThat(raw.send("GET", "/2015-03-31/functions/hello", "").statusCode())
          .as("GetFunction has a quota of its own")
          .isEqualTo(404);
      strict.advance(Duration.ofSeconds(1));
      assertThat(raw.send("GET", "/2015-03-31/functions", "").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void cloudWatchHasItsOwnQuotaForEachOperation() {
    try (TestAws strict = new TestAws(settings -> settings.quotas(true))) {
      for (int i = 0; i < 20; i++) {
        assertThat(history(strict)).isEqualTo(200);
      }
      assertThat(history(strict)).as("DescribeAlarmHistory: 20 in a second").isEqualTo(400);
      assertThat(TestCloudWatch.send(strict, "DescribeAlarms", "{}").statusCode()).isEqualTo(200);
      strict.advance(Duration.ofMillis(50));
      assertThat(history(strict)).isEqualTo(200);
    }
  }

  private static int history(TestAws aws) {
    return TestCloudWatch.send(aws, "DescribeAlarmHistory", "{}").statusCode();
  }
}
