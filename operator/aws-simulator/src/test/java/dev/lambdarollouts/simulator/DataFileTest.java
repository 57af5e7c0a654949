package dev.lambdarollouts.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lambdarollouts.simulator.keep.DataFileException;
import dev.lambdarollouts.simulator.protocol.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.HistoryItemType;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.GetAliasResponse;
import software.amazon.awssdk.services.lambda.model.GetFunctionResponse;
import software.amazon.awssdk.services.lambda.model.PublishVersionResponse;
import software.amazon.awssdk.services.sts.model.Credentials;

/** State in a file outlives the process. */
class DataFileTest {
  @TempDir Path folder;

  private Path file() {
    return folder.resolve("state.zip");
  }

  private TestAws start() {
    return new TestAws(settings -> settings.dataFile(file()));
  }

  @Test
  void functionsVersionsAliasesAndPackagesAreAsTheyWere() {
    GetFunctionResponse latest;
    GetAliasResponse alias;
    String next;
    try (TestAws aws = start()) {
      aws.create("hello", r -> r.tags(Map.of("team", "shop")));
      aws.lambda.publishVersion(r -> r.functionName("hello").description("first"));
      aws.release("hello", "code 2");
      aws.lambda.createAlias(
          r ->
              r.functionName("hello")
                  .name("live")
                  .functionVersion("1")
                  .routingConfig(c -> c.additionalVersionWeights(Map.of("2", 0.1))));
      aws.lambda.addPermission(
          r ->
              r.functionName("hello")
                  .qualifier("live")
                  .statementId("s")
                  .action("lambda:InvokeFunction")
                  .principal("events.amazonaws.com"));
      next = aws.release("hello", "code 3").version();
      aws.lambda.deleteFunction(r -> r.functionName("hello").qualifier("3"));
      latest = aws.lambda.getFunction(r -> r.functionName("hello"));
      alias = aws.lambda.getAlias(r -> r.functionName("hello").name("live"));
    }
    assertThat(next).isEqualTo("3");

    try (TestAws aws = start()) {
      GetFunctionResponse again = aws.lambda.getFunction(r -> r.functionName("hello"));
      assertThat(again.configuration()).isEqualTo(latest.configuration());
      assertThat(again.tags()).isEqualTo(latest.tags());
      GetAliasResponse aliasAgain = aws.lambda.getAlias(r -> r.functionName("hello").name("live"));
      assertThat(aliasAgain.equalsBySdkFields(alias)).as(aliasAgain + " is " + alias).isTrue();
      assertThat(aws.lambda.getPolicy(r -> r.functionName("hello").qualifier("live")).policy())
          .contains("events.amazonaws.com");
      assertThat(aws.lambda.listVersionsByFunction(r -> r.functionName("hello")).versions())
          .hasSize(3);
      assertThat(aws.simulator.now()).as("time goes on").isAfter(TestAws.START.plusSeconds(10));
      PublishVersionResponse published = aws.release("hello", "code 4");
      assertThat(published.version()).as("numbers are not used again").isEqualTo("4");
      assertThat(published.revisionId()).isNotEqualTo(alias.revisionId());
    }
  }

  @Test
  void timeGoesOnFromWhereItWasAlsoWhenNothingElseHasChanged() {
    try (TestAws aws = start()) {
      aws.create("hello");
    }
    try (TestAws aws = start()) {
      aws.advance(Duration.ofDays(3));
    }
    try (TestAws aws = start()) {
      assertThat(aws.simulator.now()).isAfterOrEqualTo(TestAws.START.plus(Duration.ofDays(3)));
    }
  }

  @Test
  void publishingNoChangeIsStillNoChange() {
    try (TestAws aws = start()) {
      aws.create("hello");
      aws.lambda.publishVersion(r -> r.functionName("hello"));
    }
    try (TestAws aws = start()) {
      assertThat(aws.lambda.publishVersion(r -> r.functionName("hello")).version()).isEqualTo("1");
    }
  }

  @Test
  void whatWasPendingBecomesActive() {
    try (TestAws aws = start()) {
      aws.lambda.createFunction(
          r ->
              r.functionName("hello")
                  .runtime("nodejs22.x")
                  .handler("index.handler")
                  .role(TestAws.ROLE)
                  .code(c -> c.zipFile(SdkBytes.fromByteArray(Zips.of("a", "b")))));
    }
    try (TestAws aws = start()) {
      aws.settle();
      assertThat(aws.lambda.getFunctionConfiguration(r -> r.functionName("hello")).stateAsString())
          .isEqualTo("Active");
    }
  }

  @Test
  void alarmsTheirHistoryAndMetricsAreAsTheyWere() {
    MetricAlarm alarm;
    try (TestAws aws = start()) {
      aws.cloudWatch.putMetricAlarm(
          r ->
              r.alarmName("high")
                  .namespace("app")
                  .metricName("m")
                  .statistic(Statistic.MAXIMUM)
                  .period(60)
                  .evaluationPeriods(1)
                  .threshold(1.0)
                  .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD));
      aws.cloudWatch.putMetricData(
          r ->
              r.namespace("app")
                  .metricData(MetricDatum.builder().metricName("m").value(5.0).build()));
      aws.advance(Duration.ofSeconds(70));
      alarm = aws.cloudWatch.describeAlarms().metricAlarms().getFirst();
      assertThat(alarm.stateValue()).isEqualTo(StateValue.ALARM);
    }
    try (TestAws aws = start()) {
      assertThat(aws.cloudWatch.describeAlarms().metricAlarms()).containsExactly(alarm);
      assertThat(
              aws.cloudWatch
                  .describeAlarmHistory(r -> r.historyItemType(HistoryItemType.STATE_UPDATE))
                  .alarmHistoryItems())
          .hasSize(1);
      assertThat(aws.cloudWatch.listMetrics().metrics()).hasSize(1);
      aws.cloudWatch.putMetricData(
          r ->
              r.namespace("app")
                  .metricData(MetricDatum.builder().metricName("m").value(0.0).build()));
      aws.advance(Duration.ofMinutes(2));
      assertThat(aws.cloudWatch.describeAlarms().metricAlarms().getFirst().stateValue())
          .as("it is evaluated again")
          .isNotEqualTo(StateValue.INSUFFICIENT_DATA);
    }
  }

  @Test
  void credentialsOfASessionAreGoodUntilTheyExpire() {
    Credentials credentials;
    try (TestAws aws = start()) {
      credentials =
          aws.sts
              .assumeRole(
                  r -> r.roleArn("arn:aws:iam::222222222222:role/deploy").roleSessionName("me"))
              .credentials();
    }
    try (TestAws aws = start();
        LambdaClient lambda =
            aws.lambda(
                AwsSessionCredentials.create(
                    credentials.accessKeyId(),
                    credentials.secretAccessKey(),
                    credentials.sessionToken()),
                "eu-west-1")) {
      assertThat(lambda.listFunctions().functions()).isEmpty();
      aws.advance(Duration.ofMinutes(61));
      assertThatThrownBy(lambda::listFunctions).hasMessageContaining("is expired");
    }
  }

  @Test
  void bucketsAndObjectsAreAsTheyWere() {
    try (TestAws aws = start()) {
      RawClient s3 = new RawClient(aws.simulator.endpoint(), TestAws.ACCOUNT, "s3");
      s3.send("PUT", "/code", "");
      s3.send("PUT", "/code/a/b.zip", "first");
    }
    try (TestAws aws = start()) {
      RawClient s3 = new RawClient(aws.simulator.endpoint(), TestAws.ACCOUNT, "s3");
      assertThat(new String(s3.send("GET", "/code/a/b.zip", "").body(), StandardCharsets.UTF_8))
          .isEqualTo("first");
    }
  }

  @Test
  void oneProcessAtATimeHasTheFile() {
    try (TestAws aws = start()) {
      assertThat(aws.simulator.endpoint()).isNotNull();
      assertThatThrownBy(this::start)
          .isInstanceOf(DataFileException.class)
          .hasMessageContaining("Another aws-simulator uses the data file");
    }
    start().close();
  }

  @Test
  void aBrokenFileIsRefusedAndLeftAsItIs() throws IOException {
    start().close();
    byte[] whole = Files.readAllBytes(file());
    for (byte[] broken : List.of(new byte[0], new byte[] {1, 2, 3}, cut(whole))) {
      Files.write(file(), broken);
      assertThatThrownBy(this::start)
          .isInstanceOf(DataFileException.class)
          .hasMessageContaining("state.zip is not a whole data file of aws-simulator")
          .hasMessageContaining("move it away, or name another file");
      assertThat(Files.readAllBytes(file())).isEqualTo(broken);
    }
    Files.write(file(), whole);
    start().close();
  }

  @Test
  void aFileOfANewerSimulatorIsRefused() throws IOException {
    start().close();
    rewrite("\"formatVersion\":1", "\"formatVersion\":2");
    assertThatThrownBy(this::start)
        .isInstanceOf(DataFileException.class)
        .hasMessageContaining(
            "was written by a newer aws-simulator (format 2, this one reads up to 1)");
  }

  @Test
  void aPartThatCannotBeReadIsNamed() throws IOException {
    try (TestAws aws = start()) {
      aws.create("hello");
    }
    rewrite("\"lastModified\":\"2026", "\"lastModified\":\"no time");
    assertThatThrownBy(this::start)
        .isInstanceOf(DataFileException.class)
        .hasMessageContaining("what it holds of lambda cannot be read");
  }

  @Test
  void aFolderThatIsNotThereIsTold() {
    Path nowhere = folder.resolve("none").resolve("state.zip");
    assertThatThrownBy(() -> new TestAws(settings -> settings.dataFile(nowhere)))
        .isInstanceOf(DataFileException.class)
        .hasMessageContaining("its folder must be there and writable");
  }

  private void rewrite(String from, String to) throws IOException {
    try (FileSystem zip = FileSystems.newFileSystem(file())) {
      Path state = zip.getPath("state.json");
      String text = Files.readString(state);
      assertThat(text).contains(from);
      Files.writeString(state, text.replace(from, to));
      assertThat(Json.read(Files.readAllBytes(state))).isNotNull();
    }
  }

  private static byte[] cut(byte[] whole) {
    return Arrays.copyOf(whole, whole.length / 2);
  }
}
