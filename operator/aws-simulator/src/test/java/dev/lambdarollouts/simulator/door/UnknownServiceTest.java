package dev.lambdarollouts.simulator.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.simulator.RawClient;
import dev.lambdarollouts.simulator.TestAws;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** A service that is not here says so in words that its client can read. */
class UnknownServiceTest {

  @Test
  void itAnswersInTheProtocolOfTheRequest() {
    try (TestAws aws = new TestAws()) {
      assertThat(form(aws, "iam", "Action=ListRoles&Version=2010-05-08"))
          .startsWith(
              "<ErrorResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\"><Error>"
                  + "<Type>Sender</Type><Code>UnknownService</Code>"
                  + "<Message>aws-simulator does not have the service 'iam'</Message></Error>"
                  + "<RequestId>");
      assertThat(form(aws, "ec2", "Action=DescribeVpcs&Version=2016-11-15"))
          .contains(
              "<Response><Errors><Error><Code>UnknownService</Code>"
                  + "<Message>aws-simulator does not have the service 'ec2'</Message>");
      HttpResponse<byte[]> json =
          new RawClient(aws.simulator.endpoint(), TestAws.ACCOUNT, "dynamodb")
              .send("POST", "/", "{}");
      assertThat(json.statusCode()).isEqualTo(400);
      assertThat(text(json))
          .isEqualTo(
              "{\"__type\":\"UnknownServiceException\",\"message\":\"aws-simulator does not have"
                  + " the service 'dynamodb'\"}");
    }
  }

  private static String form(TestAws aws, String service, String body) {
    HttpResponse<byte[]> response =
        new RawClient(aws.simulator.endpoint(), TestAws.ACCOUNT, service)
            .send(
                "POST",
                "/",
                body.getBytes(StandardCharsets.UTF_8),
                "Content-Type",
                "application/x-www-form-urlencoded; charset=utf-8");
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.headers().firstValue("Content-Type")).contains("text/xml");
    return text(response);
  }

  private static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }
}
