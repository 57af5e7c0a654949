package dev.lambdarollouts.simulator;

import static dev.lambdarollouts.simulator.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.DashboardEntry;
import software.amazon.awssdk.services.cloudwatch.model.DashboardInvalidInputErrorException;
import software.amazon.awssdk.services.cloudwatch.model.DashboardValidationMessage;
import software.amazon.awssdk.services.cloudwatch.model.GetDashboardResponse;
import software.amazon.awssdk.services.cloudwatch.model.ListDashboardsResponse;
import software.amazon.awssdk.services.cloudwatch.model.PutDashboardResponse;

/** Dashboards are kept as they are put, when CloudWatch would take them. */
class DashboardTest {
  private static final String BODY =
      """
      {"widgets":[
        {"type":"text","x":0,"y":0,"width":24,"height":2,"properties":{"markdown":"# Shop"}},
        {"type":"metric","width":12,"height":6,"properties":
          {"region":"eu-west-1","metrics":[["AWS/Lambda","Errors","FunctionName","shop"]]}}]}
      """;

  private final TestAws aws = new TestAws();

  @AfterEach
  void stop() {
    aws.close();
  }

  @Test
  void aDashboardComesBackAsItWasPutInEveryRegionOfItsAccount() {
    assertThat(put("shop", BODY).dashboardValidationMessages()).isEmpty();
    put("shop-2", "{\"widgets\":[]}");

    try (CloudWatchClient elsewhere = aws.cloudWatch(TestAws.ACCOUNT, "us-west-2");
        CloudWatchClient other = aws.cloudWatch("222222222222", "eu-west-1")) {
      GetDashboardResponse shop = elsewhere.getDashboard(r -> r.dashboardName("shop"));
      assertThat(shop.dashboardBody()).isEqualTo(BODY);
      assertThat(shop.dashboardArn()).isEqualTo("arn:aws:cloudwatch::111111111111:dashboard/shop");
      assertThat(other.listDashboards().dashboardEntries()).isEmpty();
    }
    assertThat(
            aws.cloudWatch.listDashboards(r -> r.dashboardNamePrefix("shop-")).dashboardEntries())
        .singleElement()
        .satisfies(entry -> assertThat(entry.size()).isEqualTo(14))
        .satisfies(entry -> assertThat(entry.lastModified()).isEqualTo(TestAws.START))
        .extracting(DashboardEntry::dashboardName)
        .isEqualTo("shop-2");

    aws.cloudWatch.deleteDashboards(r -> r.dashboardNames("shop"));
    refused(
        404,
        "ResourceNotFound",
        "Dashboard shop does not exist",
        () -> aws.cloudWatch.getDashboard(r -> r.dashboardName("shop")));
    refused(
        404,
        "ResourceNotFound",
        "Dashboard missing does not exist",
        () -> aws.cloudWatch.deleteDashboards(r -> r.dashboardNames("missing", "shop-2")));
    assertThat(aws.cloudWatch.listDashboards().dashboardEntries())
        .as("what is there is deleted although a name is not")
        .isEmpty();
  }

  @Test
  void everyMistakeOfABodyIsToldWithItsPlace() {
    DashboardInvalidInputErrorException error =
        catchThrowableOfType(
            DashboardInvalidInputErrorException.class,
            () ->
                put(
                    "shop",
                    """
                    {"widgets":[
                      {"type":"metric","width":25,"properties":{"title":"x"}},
                      {"type":"text","properties":{}},
                      {"type":"metric","properties":{"region":"r","metrics":[{"a":1}]}},
                      {"type":"pie","properties":{}}]}
                    """));

    assertThat(error.awsErrorDetails().errorCode()).isEqualTo("InvalidParameterInput");
    assertThat(error.awsErrorDetails().errorMessage())
        .startsWith("The dashboard body is invalid, there are 8 validation errors:");
    assertThat(error.dashboardValidationMessages())
        .extracting(DashboardValidationMessage::dataPath, DashboardValidationMessage::message)
        .contains(
            tuple("/widgets/0/width", "Should be <= 24"),
            tuple("/widgets/0/properties", "Should have required property 'metrics'"),
            tuple("/widgets/1/properties", "Should have required property 'markdown'"),
            tuple("/widgets/2/properties/metrics/0", "Should be array"),
            tuple("/widgets/3/type", "Should be equal to one of the allowed values"));
    assertThat(aws.cloudWatch.listDashboards().dashboardEntries()).isEmpty();
  }

  @Test
  void aThousandDashboardsAreOnePageAndATokenLeadsToTheRest() {
    for (int i = 0; i <= 1000; i++) {
      put("page-%04d".formatted(i), "{\"widgets\":[]}");
    }
    put("another", "{\"widgets\":[]}");

    List<ListDashboardsResponse> pages =
        aws.cloudWatch.listDashboardsPaginator(r -> r.dashboardNamePrefix("page-")).stream()
            .toList();

    assertThat(pages)
        .extracting(page -> page.dashboardEntries().size())
        .as("AWS' pages are of 1000")
        .containsExactly(1000, 1);
    assertThat(pages.getLast().nextToken()).isNull();
    assertThat(pages)
        .flatExtracting(ListDashboardsResponse::dashboardEntries)
        .extracting(DashboardEntry::dashboardName)
        .doesNotHaveDuplicates()
        .allMatch(name -> name.startsWith("page-"));
  }

  @Test
  void aBodyThatIsNoJsonAndANameWithBlanksAreRefused() {
    refused(
        400,
        "InvalidParameterInput",
        "The field DashboardBody must be a valid JSON object",
        () -> put("shop", "{\"widgets\":"));
    refused(
        400,
        "InvalidParameterInput",
        "The value my shop for field DashboardName contains invalid characters. It can only contain"
            + " alphanumerics, dash (-) and underscore (_).",
        () -> put("my shop", BODY));
  }

  @Test
  void theOtherProtocolsTellTheSame() {
    JsonNode json =
        TestCloudWatch.json(
            aws, "PutDashboard", "{\"DashboardName\":\"a\",\"DashboardBody\":\"{}\"}");
    assertThat(json.path("__type").asText()).endsWith("#DashboardInvalidInputError");
    assertThat(json.path("dashboardValidationMessages").path(0).path("Message").asText())
        .isEqualTo("Should have required property 'widgets'");

    String refused =
        TestCloudWatch.query(aws, "Action=PutDashboard&DashboardName=a&DashboardBody=%7B%7D");
    assertThat(refused)
        .contains("<Code>InvalidParameterInput</Code>")
        .contains("<DataPath>/</DataPath><Message>Should have required property 'widgets'");
    assertThat(
            TestCloudWatch.query(
                aws,
                "Action=PutDashboard&DashboardName=a&DashboardBody=%7B%22widgets%22%3A%5B%5D%7D"))
        .contains(
            "<PutDashboardResult><DashboardValidationMessages></DashboardValidationMessages>");
  }

  private PutDashboardResponse put(String name, String body) {
    return aws.cloudWatch.putDashboard(r -> r.dashboardName(name).dashboardBody(body));
  }
}
