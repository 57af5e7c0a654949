package dev.lambdarollouts.simulator;

import static dev.lambdarollouts.simulator.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.DimensionFilter;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataResponse;
import software.amazon.awssdk.services.cloudwatch.model.Metric;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.cloudwatch.model.RecentlyActive;
import software.amazon.awssdk.services.cloudwatch.model.ScanBy;
import software.amazon.awssdk.services.cloudwatch.model.StandardUnit;
import software.amazon.awssdk.services.cloudwatch.model.StatusCode;

/** GetMetricData and ListMetrics. */
class MetricReadingTest {
  private static final Instant END = TestAws.START.plusSeconds(600);

  private final TestAws aws = new TestAws();

  @AfterEach
  void stop() {
    aws.close();
  }

  private void put(String name, double value, Instant at) {
    aws.cloudWatch.putMetricData(
        r ->
            r.namespace("app")
                .metricData(
                    MetricDatum.builder()
                        .metricName(name)
                        .value(value)
                        .unit(StandardUnit.SECONDS)
                        .timestamp(at)
                        .build()));
  }

  private void putMinutes(String name, int count) {
    IntStream.range(0, count).forEach(i -> put(name, i, TestAws.START.plusSeconds(60L * i)));
  }

  @Test
  void dataIsPagedOverAllResultsInTheOrderAskedFor() {
    putMinutes("a", 5);
    putMinutes("b", 3);
    GetMetricDataRequest request =
        GetMetricDataRequest.builder()
            .startTime(TestAws.START)
            .endTime(END)
            .maxDatapoints(2)
            .scanBy(ScanBy.TIMESTAMP_ASCENDING)
            .metricDataQueries(query("a"), query("b"))
            .build();

    List<Double> a = new ArrayList<>();
    List<Double> b = new ArrayList<>();
    int pages = 0;
    for (GetMetricDataResponse page : aws.cloudWatch.getMetricDataPaginator(request)) {
      pages++;
      for (MetricDataResult result : page.metricDataResults()) {
        (result.id().equals("a") ? a : b).addAll(result.values());
      }
      assertThat(page.metricDataResults().stream().mapToInt(r -> r.values().size()).sum())
          .isLessThanOrEqualTo(2);
    }
    assertThat(pages).isEqualTo(4);
    assertThat(a).containsExactly(0.0, 1.0, 2.0, 3.0, 4.0);
    assertThat(b).containsExactly(0.0, 1.0, 2.0);

    GetMetricDataResponse first =
        aws.cloudWatch.getMetricData(
            request.toBuilder().scanBy(ScanBy.TIMESTAMP_DESCENDING).build());
    assertThat(first.metricDataResults()).hasSize(1);
    assertThat(first.metricDataResults().getFirst().values()).containsExactly(4.0, 3.0);
    assertThat(first.metricDataResults().getFirst().statusCode())
        .isEqualTo(StatusCode.PARTIAL_DATA);
    refused(
        400,
        "InvalidNextToken",
        "The next token is invalid.",
        () -> aws.cloudWatch.getMetricData(request.toBuilder().nextToken("nonsense").build()));
  }

  @Test
  void aMetricWithoutDataIsToldOnce() {
    GetMetricDataResponse reply =
        aws.cloudWatch.getMetricData(
            r -> r.startTime(TestAws.START).endTime(END).metricDataQueries(query("none")));
    assertThat(reply.metricDataResults()).hasSize(1);
    assertThat(reply.metricDataResults().getFirst().values()).isEmpty();
    assertThat(reply.nextToken()).isNull();
  }

  @Test
  void gapsAreFilledOnALine() {
    put("m", 1, TestAws.START.plusSeconds(60));
    put("m", 4, TestAws.START.plusSeconds(240));

    assertThat(expression("FILL(m, LINEAR)")).containsExactly(1.0, 2.0, 3.0, 4.0);
    assertThat(expression("SUM(FILL(METRICS(), LINEAR))")).containsExactly(1.0, 2.0, 3.0, 4.0);
  }

  @Test
  void searchIsRefusedByName() {
    refused(
        400,
        "ValidationError",
        "Error in expression 'SEARCH('{app} m', 'Sum', 60)': aws-simulator does not have SEARCH."
            + " Name each metric in a query of its own",
        () -> expression("SEARCH('{app} m', 'Sum', 60)"));
    refused(
        400,
        "ValidationError",
        "Error in expression 'SELECT SUM(m) FROM app': aws-simulator does not have Metrics Insights"
            + " queries (SELECT)",
        () -> expression("SELECT SUM(m) FROM app"));
  }

  @Test
  void metricsAreListedByDimensionAndByActivityAndInPages() {
    for (int i = 0; i < 3; i++) {
      String host = "h" + i;
      aws.cloudWatch.putMetricData(
          r ->
              r.namespace("app")
                  .metricData(
                      MetricDatum.builder()
                          .metricName("m")
                          .value(1.0)
                          .dimensions(
                              Dimension.builder().name("Host").value(host).build(),
                              Dimension.builder().name("Zone").value("z").build())
                          .build()));
    }
    assertThat(list(DimensionFilter.builder().name("Host").value("h1").build())).hasSize(1);
    assertThat(list(DimensionFilter.builder().name("Host").build())).hasSize(3);
    assertThat(list(DimensionFilter.builder().name("Other").build())).isEmpty();

    aws.advance(Duration.ofHours(4));
    assertThat(aws.cloudWatch.listMetrics(r -> r.recentlyActive(RecentlyActive.PT3_H)).metrics())
        .isEmpty();
    put("late", 1, aws.time.instant());
    assertThat(aws.cloudWatch.listMetrics(r -> r.recentlyActive(RecentlyActive.PT3_H)).metrics())
        .extracting(Metric::metricName)
        .containsExactly("late");
    assertThat(aws.cloudWatch.listMetrics().metrics()).hasSize(4);

    List<MetricDatum> many =
        IntStream.range(0, 600)
            .mapToObj(i -> MetricDatum.builder().metricName("x" + i).value(1.0).build())
            .toList();
    aws.cloudWatch.putMetricData(r -> r.namespace("many").metricData(many));
    assertThat(aws.cloudWatch.listMetrics(r -> r.namespace("many")).metrics()).hasSize(500);
    assertThat(aws.cloudWatch.listMetricsPaginator(r -> r.namespace("many")).metrics())
        .hasSize(600);
    assertThat(
            aws.cloudWatch
                .listMetrics(r -> r.namespace("app").includeLinkedAccounts(true))
                .owningAccounts())
        .containsOnly(TestAws.ACCOUNT);
  }

  private List<Metric> list(DimensionFilter filter) {
    return aws.cloudWatch.listMetrics(r -> r.namespace("app").dimensions(filter)).metrics();
  }

  private List<Double> expression(String text) {
    return aws.cloudWatch
        .getMetricData(
            r ->
                r.startTime(TestAws.START)
                    .endTime(END)
                    .scanBy(ScanBy.TIMESTAMP_ASCENDING)
                    .metricDataQueries(
                        query("m").toBuilder().returnData(false).build(),
                        MetricDataQuery.builder().id("e").expression(text).build()))
        .metricDataResults()
        .getFirst()
        .values();
  }

  private static MetricDataQuery query(String name) {
    return MetricDataQuery.builder()
        .id(name)
        .metricStat(s -> s.metric(m -> m.namespace("app").metricName(name)).period(60).stat("Sum"))
        .build();
  }

  @Test
  void aMemberOfAnotherKindIsToldAndNotADefect() {
    HttpResponse<byte[]> refused = TestCloudWatch.send(aws, "DeleteAlarms", "{\"AlarmNames\":5}");
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(new String(refused.body(), StandardCharsets.UTF_8))
        .contains("SerializationException", "Member AlarmNames could not be read as a list");
    assertThat(
            TestCloudWatch.query(
                aws, "Action=GetDashboard&DashboardName.member.1=a&NextToken=ZnJvbTotMQ=="))
        .contains("SerializationException");
    refused(
        400,
        "InvalidNextToken",
        "The next token is invalid.",
        () -> aws.cloudWatch.listMetrics(r -> r.nextToken("ZnJvbTotMQ==")));
  }
}
