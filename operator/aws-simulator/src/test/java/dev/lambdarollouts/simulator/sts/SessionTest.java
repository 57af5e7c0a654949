package dev.lambdarollouts.simulator.sts;

import static dev.lambdarollouts.simulator.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.simulator.RawClient;
import dev.lambdarollouts.simulator.TestAws;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.Tag;

/** Sessions: their tags, and how each protocol says that they have expired. */
class SessionTest {
  private static final String ROLE = "arn:aws:iam::222222222222:role/deploy";

  private final TestAws aws = new TestAws();

  @AfterEach
  void stop() {
    aws.close();
  }

  @Test
  void tagsAreCountedIntoTheSessionAndSourceIdentityComesBack() {
    AssumeRoleResponse plain = aws.sts.assumeRole(r -> r.roleArn(ROLE).roleSessionName("me"));
    assertThat(plain.packedPolicySize()).isNull();
    assertThat(plain.sourceIdentity()).isNull();

    AssumeRoleResponse tagged =
        aws.sts.assumeRole(
            r ->
                r.roleArn(ROLE)
                    .roleSessionName("me")
                    .sourceIdentity("ada")
                    .tags(tag("team", "shop"), tag("stage", "dev"))
                    .transitiveTagKeys("team"));
    assertThat(tagged.packedPolicySize()).isEqualTo(1);
    assertThat(tagged.sourceIdentity()).isEqualTo("ada");
    assertThat(tagged.credentials().expiration()).isEqualTo(TestAws.START.plusSeconds(3600));
  }

  @Test
  void tagsThatStsDoesNotTakeAreRefused() {
    refused(
        400,
        "InvalidParameterValue",
        "Duplicate tag keys found. Please note that Tag keys are case insensitive.",
        () -> assume(tag("Team", "a"), tag("team", "b")));
    refused(
        400,
        "ValidationError",
        "1 validation error detected: Value '' at 'tags.1.member.key' failed to satisfy constraint:"
            + " Member must have length greater than or equal to 1",
        () -> assume(tag("", "a")));
    List<Tag> many = new ArrayList<>();
    IntStream.range(0, 51).forEach(i -> many.add(tag("t" + i, "")));
    assertThat(
            catchMessage(
                () -> aws.sts.assumeRole(r -> r.roleArn(ROLE).roleSessionName("me").tags(many))))
        .contains(
            "at 'tags' failed to satisfy constraint: Member must have length less than or equal"
                + " to 50");
    refused(
        400,
        "InvalidParameterValue",
        "The specified transitive tag key must be included in the requested tags.",
        () ->
            aws.sts.assumeRole(
                r -> r.roleArn(ROLE).roleSessionName("me").transitiveTagKeys("team")));
  }

  @Test
  void credentialsThatExpireInSimulatedTimeAreToldInEachProtocolsWay() {
    Credentials session =
        aws.sts
            .assumeRole(r -> r.roleArn(ROLE).roleSessionName("me").durationSeconds(900))
            .credentials();
    aws.advance(Duration.ofSeconds(899));
    assertThat(send(session, "lambda", "GET", "/2015-03-31/functions", "").statusCode())
        .isEqualTo(200);
    aws.advance(Duration.ofSeconds(1));

    HttpResponse<byte[]> restJson = send(session, "lambda", "GET", "/2015-03-31/functions", "");
    assertThat(restJson.statusCode()).isEqualTo(403);
    assertThat(restJson.headers().firstValue("x-amzn-ErrorType"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("ExpiredTokenException"));
    assertThat(text(restJson)).contains("The security token included in the request is expired");

    HttpResponse<byte[]> query = send(session, "sts", "POST", "/", "Action=GetCallerIdentity");
    assertThat(query.statusCode()).isEqualTo(403);
    assertThat(text(query)).contains("<Code>ExpiredToken</Code>");

    HttpResponse<byte[]> cbor =
        send(
            session,
            "monitoring",
            "POST",
            "/service/GraniteServiceVersion20100801/operation/DescribeAlarms",
            "");
    assertThat(cbor.headers().firstValue("x-amzn-query-error")).contains("ExpiredToken;Sender");
    assertThat(text(cbor)).contains("#ExpiredTokenException");

    HttpResponse<byte[]> json =
        send(session, "logs", "POST", "/", "{}", "X-Amz-Target", "Logs_20140328.DescribeLogGroups");
    assertThat(json.statusCode()).isEqualTo(400);
    assertThat(text(json)).contains("\"__type\":\"ExpiredTokenException\"");

    HttpResponse<byte[]> restXml = send(session, "s3", "GET", "/", "");
    assertThat(restXml.statusCode()).isEqualTo(400);
    assertThat(text(restXml))
        .contains("<Code>ExpiredToken</Code><Message>The provided token has expired.</Message>");
  }

  private void assume(Tag... tags) {
    aws.sts.assumeRole(r -> r.roleArn(ROLE).roleSessionName("me").tags(tags));
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }

  private static String catchMessage(Runnable call) {
    try {
      call.run();
      return "";
    } catch (RuntimeException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private HttpResponse<byte[]> send(
      Credentials session,
      String service,
      String method,
      String path,
      String body,
      String... headers) {
    List<String> all = new ArrayList<>(List.of(headers));
    all.add("X-Amz-Security-Token");
    all.add(session.sessionToken());
    return new RawClient(aws.simulator.endpoint(), session.accessKeyId(), service)
        .send(method, path, body.getBytes(StandardCharsets.UTF_8), all.toArray(String[]::new));
  }

  private static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.ISO_8859_1);
  }
}
