package dev.lambdarollouts.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lambdarollouts.simulator.protocol.Json;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On the wire, a reply has every member that AWS' reply has, and no other. */
class ReplyMembersTest {
  private static final List<String> LISTED =
      List.of(
          "Architectures",
          "CodeSha256",
          "CodeSize",
          "Description",
          "EphemeralStorage",
          "FunctionArn",
          "FunctionName",
          "Handler",
          "LastModified",
          "LoggingConfig",
          "MemorySize",
          "PackageType",
          "RevisionId",
          "Role",
          "Runtime",
          "SnapStart",
          "Timeout",
          "TracingConfig",
          "Version");

  private final TestAws aws = new TestAws();
  private final RawClient lambda =
      new RawClient(aws.simulator.endpoint(), TestAws.ACCOUNT, "lambda");

  @BeforeEach
  void function() {
    aws.create("hello");
    aws.lambda.publishVersion(request -> request.functionName("hello"));
  }

  @AfterEach
  void stop() {
    aws.close();
  }

  @Test
  void aConfigurationOfASettledFunction() {
    JsonNode reply = lambda.json("GET", "/2015-03-31/functions/hello/configuration", "");

    assertThat(members(reply))
        .containsExactlyInAnyOrderElementsOf(
            with(LISTED, "State", "LastUpdateStatus", "RuntimeVersionConfig"));
    assertThat(reply.toString())
        .contains("\"LoggingConfig\":{\"LogFormat\":\"Text\",\"LogGroup\":\"/aws/lambda/hello\"}")
        .contains("\"SnapStart\":{\"ApplyOn\":\"None\",\"OptimizationStatus\":\"Off\"}")
        .contains("\"EphemeralStorage\":{\"Size\":512}")
        .contains("\"TracingConfig\":{\"Mode\":\"PassThrough\"}")
        .contains("\"LastModified\":\"2026-01-05T10:00:00.000+0000\"");
    assertThat(reply.path("RuntimeVersionConfig").path("RuntimeVersionArn").asText())
        .matches("arn:aws:lambda:eu-west-1::runtime:[0-9a-f]{64}");
  }

  @Test
  void aConfigurationWhileItIsUpdated() {
    JsonNode reply =
        lambda.json("PUT", "/2015-03-31/functions/hello/configuration", "{\"MemorySize\":256}");

    assertThat(members(reply))
        .containsExactlyInAnyOrderElementsOf(
            with(
                LISTED,
                "State",
                "LastUpdateStatus",
                "LastUpdateStatusReason",
                "LastUpdateStatusReasonCode",
                "RuntimeVersionConfig"));
  }

  @Test
  void listsLeaveOutStatesAndTheRuntimesVersion() {
    for (JsonNode version :
        lambda.json("GET", "/2015-03-31/functions/hello/versions", "").path("Versions")) {
      assertThat(members(version)).containsExactlyInAnyOrderElementsOf(LISTED);
    }
    assertThat(members(lambda.json("GET", "/2015-03-31/functions/", "").path("Functions").get(0)))
        .containsExactlyInAnyOrderElementsOf(LISTED);
  }

  @Test
  void getFunctionHasTagsAndConcurrencyOnlyWhenThereAreSome() {
    String path = "/2015-03-31/functions/hello";
    assertThat(members(lambda.json("GET", path, "")))
        .containsExactlyInAnyOrder("Configuration", "Code");

    aws.lambda.tagResource(r -> r.resource(TestAws.arn("hello")).tags(Map.of("team", "a")));
    aws.lambda.putFunctionConcurrency(r -> r.functionName("hello").reservedConcurrentExecutions(5));

    assertThat(members(lambda.json("GET", path, "")))
        .containsExactlyInAnyOrder("Configuration", "Code", "Tags", "Concurrency");
  }

  @Test
  void jsonLoggingHasItsLevels() {
    JsonNode reply =
        lambda.json(
            "PUT",
            "/2015-03-31/functions/hello/configuration",
            "{\"LoggingConfig\":{\"LogFormat\":\"JSON\"}}");

    assertThat(reply.path("LoggingConfig").toString())
        .isEqualTo(
            "{\"LogFormat\":\"JSON\",\"LogGroup\":\"/aws/lambda/hello\",\"ApplicationLogLevel\":\"INFO\","
                + "\"SystemLogLevel\":\"INFO\"}");
  }

  @Test
  void anAliasWithoutWeightsHasNoRoutingConfig() {
    JsonNode reply =
        lambda.json(
            "POST",
            "/2015-03-31/functions/hello/aliases",
            "{\"Name\":\"live\",\"FunctionVersion\":\"1\"}");

    assertThat(members(reply))
        .containsExactlyInAnyOrder(
            "AliasArn", "Name", "FunctionVersion", "Description", "RevisionId");
  }

  @Test
  void aMetricAlarmOverJson() {
    RawClient cloudWatch = new RawClient(aws.simulator.endpoint(), TestAws.ACCOUNT, "monitoring");
    json(
        cloudWatch,
        "PutMetricAlarm",
        """
        {"AlarmName":"a","MetricName":"m","Namespace":"n","Statistic":"Sum","Period":60,"EvaluationPeriods":1,
         "Threshold":30,"ComparisonOperator":"GreaterThanThreshold"}
        """);

    HttpResponse<byte[]> response = json(cloudWatch, "DescribeAlarms", "{}");
    JsonNode reply = Json.read(response.body());

    assertThat(members(reply)).containsExactlyInAnyOrder("MetricAlarms", "CompositeAlarms");
    assertThat(members(reply.path("MetricAlarms").get(0)))
        .containsExactlyInAnyOrder(
            "ActionsEnabled",
            "AlarmActions",
            "AlarmArn",
            "AlarmConfigurationUpdatedTimestamp",
            "AlarmName",
            "ComparisonOperator",
            "Dimensions",
            "EvaluationPeriods",
            "InsufficientDataActions",
            "MetricName",
            "Namespace",
            "OKActions",
            "Period",
            "StateReason",
            "StateTransitionedTimestamp",
            "StateUpdatedTimestamp",
            "StateValue",
            "Statistic",
            "Threshold");
    assertThat(reply.path("MetricAlarms").get(0).path("StateUpdatedTimestamp").asLong())
        .isEqualTo(aws.time.instant().getEpochSecond());
  }

  @Test
  void cloudWatchSpeaksQueryToo() {
    RawClient cloudWatch = new RawClient(aws.simulator.endpoint(), TestAws.ACCOUNT, "monitoring");
    String form = "application/x-www-form-urlencoded";
    cloudWatch.send(
        "POST",
        "/",
        ("Action=PutMetricAlarm&Version=2010-08-01&AlarmName=a%3Cb&MetricName=m&Namespace=n&Statistic=Sum&Period=60"
             + "&EvaluationPeriods=1&Threshold=30&ComparisonOperator=GreaterThanThreshold"
             + "&Dimensions.member.1.Name=F&Dimensions.member.1.Value=f")
            .getBytes(StandardCharsets.UTF_8),
        "Content-Type",
        form);

    String xml =
        new String(
            cloudWatch
                .send(
                    "POST",
                    "/",
                    "Action=DescribeAlarms&Version=2010-08-01&AlarmNames.member.1=a%3Cb"
                        .getBytes(StandardCharsets.UTF_8),
                    "Content-Type",
                    form)
                .body(),
            StandardCharsets.UTF_8);
    String missing =
        new String(
            cloudWatch
                .send(
                    "POST",
                    "/",
                    "Action=SetAlarmState&AlarmName=none&StateValue=OK&StateReason=x"
                        .getBytes(StandardCharsets.UTF_8),
                    "Content-Type",
                    form)
                .body(),
            StandardCharsets.UTF_8);

    assertThat(xml)
        .startsWith(
            "<DescribeAlarmsResponse xmlns=\"http://monitoring.amazonaws.com/doc/2010-08-01/\">")
        .contains("<member><AlarmName>a&lt;b</AlarmName>")
        .contains("<Dimensions><member><Name>F</Name><Value>f</Value></member></Dimensions>")
        .contains("<StateUpdatedTimestamp>2026-01-05T10:00:05Z</StateUpdatedTimestamp>");
    assertThat(missing).contains("<Error><Type>Sender</Type><Code>ResourceNotFound</Code></Error>");
  }

  @Test
  void unknownOperationsAndServicesAreNamedInAClear400() {
    HttpResponse<byte[]> operation = lambda.send("GET", "/2018-10-31/layers", "");
    HttpResponse<byte[]> service =
        new RawClient(aws.simulator.endpoint(), TestAws.ACCOUNT, "dynamodb")
            .send("POST", "/", "{}");
    HttpResponse<byte[]> cloudWatch =
        json(
            new RawClient(aws.simulator.endpoint(), TestAws.ACCOUNT, "monitoring"),
            "ListAlarmMuteRules",
            "{}");

    assertThat(operation.statusCode()).isEqualTo(400);
    assertThat(text(operation)).contains("GET /2018-10-31/layers");
    assertThat(service.statusCode()).isEqualTo(400);
    assertThat(text(service)).contains("'dynamodb'");
    assertThat(cloudWatch.statusCode()).isEqualTo(400);
    assertThat(text(cloudWatch)).contains("'ListAlarmMuteRules'");
  }

  private static HttpResponse<byte[]> json(RawClient client, String operation, String body) {
    return client.send(
        "POST",
        "/",
        body.getBytes(StandardCharsets.UTF_8),
        "X-Amz-Target",
        "GraniteServiceVersion20100801." + operation);
  }

  private static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  private static List<String> members(JsonNode tree) {
    List<String> names = new ArrayList<>();
    tree.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static List<String> with(List<String> names, String... more) {
    List<String> all = new ArrayList<>(names);
    all.addAll(List.of(more));
    return all;
  }
}
