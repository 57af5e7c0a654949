package dev.lambdarollouts.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lambdarollouts.simulator.door.Call;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.lambda.model.TooManyRequestsException;

/** Which calls the simulator's own API means, and that a slip of the pen is told. */
class ControlFilterTest {
  private final TestAws aws = new TestAws();
  private final TestControl control = new TestControl(aws);

  @AfterEach
  void stop() {
    aws.close();
  }

  @Test
  void aQueryParameterThatIsNotKnownIsNamedAndNothingIsDeleted() {
    control.post("faults", "{\"fault\":\"throttle\",\"service\":\"lambda\"}", 201);
    assertThat(control.refusal("DELETE", "faults?serivce=lambda", ""))
        .isEqualTo(
            "The query parameter 'serivce' is not known here. Known are: account, operation,"
                + " region, resource, service");
    assertThat(control.refusal("DELETE", "faults?service=lambda&service=logs", ""))
        .isEqualTo("The query parameter 'service' is given twice");
    assertThat(control.refusal("DELETE", "faults?service=lamda", ""))
        .startsWith("There is no service 'lamda' here. Did you mean lambda?");
    assertThat(control.get("faults").path("faults")).hasSize(1);

    aws.cloudWatch.describeAlarms();
    assertThat(control.refusal("GET", "calls?limt=1", "")).contains("'limt' is not known", "limit");
    assertThat(control.refusal("GET", "calls?service=cloudwatch", ""))
        .contains("Did you mean monitoring?");
    assertThat(control.refusal("DELETE", "calls?service=lambda", ""))
        .isEqualTo("The query parameter 'service' is not known here. Known is none");
    assertThat(control.get("calls").path("calls")).hasSize(1);
    assertThat(control.refusal("GET", "state?x", "")).contains("'x' is not known");
  }

  @Test
  void aFaultForAServiceOrAnOperationThatThereIsNotIsRefused() {
    assertThat(control.refusal("POST", "faults", "{\"fault\":\"throttle\",\"service\":\"Lambda\"}"))
        .isEqualTo(
            "There is no service 'Lambda' here. Did you mean lambda? There are: lambda, logs,"
                + " monitoring, s3, sts");
    assertThat(
            control.refusal(
                "POST",
                "faults",
                "{\"fault\":\"throttle\",\"service\":\"lambda\",\"operation\":\"UpdateAlais\"}"))
        .isEqualTo(
            "lambda here does not have the operation 'UpdateAlais'. Did you mean UpdateAlias?");
    assertThat(
            control.refusal(
                "POST",
                "faults",
                "{\"fault\":\"throttle\",\"service\":\"sts\",\"operation\":\"Invoke\"}"))
        .isEqualTo("sts here does not have the operation 'Invoke'.");
    assertThat(
            control.refusal(
                "POST", "faults", "{\"fault\":\"throttle\",\"operation\":\"PutObjekt\"}"))
        .isEqualTo("No service here has the operation 'PutObjekt'. Did you mean PutObject?");
    assertThat(
            control.refusal(
                "POST",
                "faults",
                "{\"fault\":\"throttle\",\"resource\":\"" + TestAws.arn("hello") + "\"}"))
        .contains("is a name or name:qualifier");
    for (String known : List.of("Invoke", "ListBuckets", "AssumeRole", "PutLogEvents")) {
      control.post("faults", "{\"fault\":\"throttle\",\"operation\":\"" + known + "\"}", 201);
    }
  }

  @Test
  void twoOutagesLastUntilTheLaterOneHasEnded() {
    control.post("faults", "{\"fault\":\"down\",\"forSeconds\":3600}", 201);
    int shorter =
        control.post("faults", "{\"fault\":\"down\",\"forSeconds\":60}", 201).path("id").asInt();
    assertThat(control.get("faults").path("faults")).hasSize(2);

    control.post("time", "{\"advanceSeconds\":60}", 200);
    assertThat(control.get("faults").path("faults")).hasSize(1);
    assertThatThrownBy(() -> aws.lambda.listFunctions()).isInstanceOf(SdkClientException.class);
    control.delete("faults/" + shorter);
    assertThatThrownBy(() -> aws.lambda.listFunctions()).isInstanceOf(SdkClientException.class);

    control.post("faults", "{\"fault\":\"down\"}", 201);
    control.delete("faults/3");
    assertThatThrownBy(() -> aws.lambda.listFunctions()).isInstanceOf(SdkClientException.class);
    control.post("time", "{\"advanceSeconds\":3540}", 200);
    assertThat(aws.lambda.listFunctions().functions()).isEmpty();
  }

  @Test
  void aFunctionIsRecordedInOneFormHoweverItIsNamed() {
    aws.create("hello");
    aws.lambda.createAlias(r -> r.functionName("hello").name("live").functionVersion("$LATEST"));
    aws.simulator.calls().clear();
    String partial = TestAws.ACCOUNT + ":function:hello";
    for (String named : List.of("hello", partial, TestAws.arn("hello"))) {
      aws.lambda.getFunction(r -> r.functionName(named));
      aws.lambda.getFunctionConfiguration(r -> r.functionName(named).qualifier("live"));
      aws.lambda.getFunctionConfiguration(r -> r.functionName(named + ":live"));
      aws.lambda.getAlias(r -> r.functionName(named).name("live"));
      aws.lambda.invoke(r -> r.functionName(named).qualifier("live"));
      aws.lambda.invoke(r -> r.functionName(named + ":live"));
      assertThat(aws.simulator.calls().all())
          .extracting(Call::resource)
          .containsExactly(
              "hello", "hello:live", "hello:live", "hello:live", "hello:live", "hello:live");
      aws.simulator.calls().clear();
    }
    aws.lambda.listTags(r -> r.resource(TestAws.arn("hello")));
    aws.create("other");
    assertThat(aws.simulator.calls().all())
        .extracting(Call::resource)
        .containsExactly("hello", "other");

    control.post(
        "faults",
        "{\"fault\":\"throttle\",\"operation\":\"CreateFunction\",\"resource\":\"third\"}",
        201);
    assertThatThrownBy(() -> aws.create("third")).isInstanceOf(TooManyRequestsException.class);
    aws.create("fourth");
  }
}
