package dev.lambdarollouts.simulator.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.simulator.RawClient;
import dev.lambdarollouts.simulator.TestAws;
import dev.lambdarollouts.simulator.Zips;
import dev.lambdarollouts.simulator.protocol.Json;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Lambda's service model does not allow is refused before the operation sees it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RequestConstraintsTest {
  private static final String FUNCTION = "/2015-03-31/functions/hello";
  private static final String MAPPINGS = "/2015-03-31/event-source-mappings";

  private final TestAws aws = new TestAws();
  private final RawClient raw = new RawClient(aws.simulator.endpoint(), TestAws.ACCOUNT, "lambda");

  @BeforeAll
  void function() {
    aws.create("hello");
  }

  @AfterAll
  void stop() {
    aws.close();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '"',
      value = {
        "{'PublishTo':'LATEST'} ~ Value 'LATEST' at 'publishTo' failed to satisfy constraint:"
            + " Member must satisfy enum value set: [LATEST_PUBLISHED]",
        "{'VpcConfig':{'SubnetIds':['subnet-1','net-2']}} ~ Value '[subnet-1, net-2]' at"
            + " 'vpcConfig.subnetIds' failed to satisfy constraint: Member must satisfy constraint:"
            + " [Member must have length less than or equal to 1024, Member must have length"
            + " greater than or equal to 0, Member must satisfy regular expression pattern:"
            + " subnet-[0-9a-z]*, Member must not be null]",
        "{'VpcConfig':{'SecurityGroupIds':['sg-1','sg-2','sg-3','sg-4','sg-5','sg-6']}} ~ Value"
            + " '[sg-1, sg-2, sg-3, sg-4, sg-5, sg-6]' at 'vpcConfig.securityGroupIds' failed to"
            + " satisfy constraint: Member must have length less than or equal to 5",
        "{'DeadLetterConfig':{'TargetArn':'queue'}} ~ Value 'queue' at 'deadLetterConfig.targetArn'"
            + " failed to satisfy constraint: Member must satisfy regular expression pattern:"
            + " (arn:(aws[a-zA-Z-]*)?:[a-z0-9-.]+:.*)|()",
        "{'Environment':{'Variables':{'2ND':'secret'}}} ~ Value at 'environment.variables' failed"
            + " to satisfy constraint: Map keys must satisfy constraint: [Member must satisfy"
            + " regular expression pattern: [a-zA-Z]([a-zA-Z0-9_])+]",
        "{'FileSystemConfigs':[{'LocalMountPath':'/mnt/a'}]} ~ Value null at"
            + " 'fileSystemConfigs.1.member.arn' failed to satisfy constraint: Member must not be"
            + " null",
        "{'LoggingConfig':{'LogFormat':'XML'}} ~ Value 'XML' at 'loggingConfig.logFormat' failed to"
            + " satisfy constraint: Member must satisfy enum value set: [JSON, Text]",
        "{'DurableConfig':{'RetentionPeriodInDays':91}} ~ Value '91' at"
            + " 'durableConfig.retentionPeriodInDays' failed to satisfy constraint: Member must"
            + " have value less than or equal to 90",
        "{'EphemeralStorage':{'Size':10241}} ~ Value '10241' at 'ephemeralStorage.size' failed to"
            + " satisfy constraint: Member must have value less than or equal to 10240",
        "{'Timeout':901} ~ Value '901' at 'timeout' failed to satisfy constraint: Member must have"
            + " value less than or equal to 900",
        "{'Tags':{'':'x'}} ~ Value '{=x}' at 'tags' failed to satisfy constraint: Map keys must"
            + " satisfy constraint: [Member must have length less than or equal to 128, Member must"
            + " have length greater than or equal to 1, Member must satisfy regular expression"
            + " pattern: ([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*)]",
        "{'Tags':{'team':'a;b'}} ~ Value '{team=a;b}' at 'tags' failed to satisfy constraint: Map"
            + " value must satisfy constraint: [Member must have length less than or equal to 256,"
            + " Member must have length greater than or equal to 0, Member must satisfy regular"
            + " expression pattern: ([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*), Member must not be null]",
        "{'Architectures':['mips']} ~ Value '[mips]' at 'architectures' failed to satisfy"
            + " constraint: Member must satisfy constraint: [Member must satisfy enum value set:"
            + " [x86_64, arm64], Member must not be null]",
      })
  void ofACreatedFunction(String change, String expected) {
    ObjectNode request =
        Json.object()
            .put("FunctionName", "other")
            .put("Runtime", "python3.13")
            .put("Handler", "h.h")
            .put("Role", TestAws.ROLE);
    request.putObject("Code").put("ZipFile", Zips.of("h.py", "x"));
    request.setAll(Json.read(change.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));

    refused(raw.send("POST", "/2015-03-31/functions", Json.write(request)), expected);
  }

  @ParameterizedTest(name = "{1} {2}")
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '"',
      value = {
        "POST ~ "
            + FUNCTION
            + "/policy ~ {'StatementId':'s','Principal':'*','Action':'run'} ~ Value"
            + " 'run' at 'action' failed to satisfy constraint: Member must satisfy regular"
            + " expression pattern: (lambda:[*]|lambda:[a-zA-Z]+|[*])",
        "POST ~ "
            + FUNCTION
            + "/policy ~ {'StatementId':'s','Principal':'*','Action':'lambda:*',"
            + "'SourceAccount':'1'} ~ Value '1' at 'sourceAccount' failed to satisfy constraint:"
            + " Member must satisfy regular expression pattern: \\d{12}",
        "PUT ~ "
            + FUNCTION
            + "/code ~ {'S3Bucket':'ab','S3Key':'x'} ~ Value 'ab' at 's3Bucket'"
            + " failed to satisfy constraint: Member must have length greater than or equal to 3",
        "POST ~ "
            + MAPPINGS
            + " ~ {'FunctionName':'hello','SourceAccessConfigurations':[{'Type':'VPC_SUBNET'},{'Type':'PASSWORD'}]}"
            + " ~ Value 'PASSWORD' at 'sourceAccessConfigurations.2.member.type' failed to satisfy"
            + " constraint: Member must satisfy enum value set: [BASIC_AUTH, VPC_SUBNET,"
            + " VPC_SECURITY_GROUP, SASL_SCRAM_512_AUTH, SASL_SCRAM_256_AUTH, VIRTUAL_HOST,"
            + " CLIENT_CERTIFICATE_TLS_AUTH, SERVER_ROOT_CA_CERTIFICATE, OAUTHBEARER_AUTH,"
            + " OAUTHBEARER_SCOPE, OAUTHBEARER_AUDIENCE, OAUTHBEARER_LOGICAL_CLUSTER,"
            + " OAUTHBEARER_IDENTITY_POOL, IAM_AUTH, IAM_OAUTHBEARER_AUTH]",
        "POST ~ "
            + MAPPINGS
            + " ~ {'FunctionName':'hello','EventSourceArn':'queue'} ~ Value 'queue'"
            + " at 'eventSourceArn' failed to satisfy constraint: Member must satisfy regular"
            + " expression pattern: arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\\-])+:((eusc-)?[a-z]{2}"
            + "((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1})?:(\\d{12})?:(.*)",
        "POST ~ "
            + MAPPINGS
            + " ~ {'FunctionName':'hello','SelfManagedEventSource':{'Endpoints':{'KAFKA':['a:1']}}}"
            + " ~ Value '{KAFKA=[a:1]}' at 'selfManagedEventSource.endpoints' failed to satisfy"
            + " constraint: Map keys must satisfy constraint: [Member must satisfy enum value set:"
            + " [KAFKA_BOOTSTRAP_SERVERS]]",
        "GET ~ "
            + FUNCTION
            + "/aliases?MaxItems=0 ~ {} ~ Value '0' at 'maxItems' failed to satisfy"
            + " constraint: Member must have value greater than or equal to 1",
        "DELETE ~ "
            + FUNCTION
            + "/policy/a%20b ~ {} ~ Value 'a b' at 'statementId' failed to"
            + " satisfy constraint: Member must satisfy regular expression pattern:"
            + " ([a-zA-Z0-9-_.]+)",
      })
  void ofOtherRequests(String method, String path, String body, String expected) {
    refused(raw.send(method, path, body.replace('\'', '"')), expected);
  }

  @Test
  void aVersionsDescriptionHasAtMost256Characters() {
    refused(
        raw.send("POST", FUNCTION + "/versions", "{\"Description\":\"" + "d".repeat(257) + "\"}"),
        "Value '"
            + "d".repeat(257)
            + "' at 'description' failed to satisfy constraint: Member must have length less than"
            + " or equal to 256");
  }

  @Test
  void anInvocationsHeadersAreCheckedToo() {
    refused(
        raw.send(
            "POST",
            FUNCTION + "/invocations",
            "{}".getBytes(StandardCharsets.UTF_8),
            "X-Amz-Invocation-Type",
            "Later"),
        "Value 'Later' at 'invocationType' failed to satisfy constraint: Member must satisfy enum"
            + " value set: [Event, RequestResponse, DryRun]");
  }

  @Test
  void aValueOfAnotherKindCannotBeRead() {
    aws.lambda.publishVersion(r -> r.functionName("hello"));
    var reply =
        raw.send(
            "POST",
            FUNCTION + "/aliases",
            "{\"Name\":\"live\",\"FunctionVersion\":\"1\",\"RoutingConfig\":"
                + "{\"AdditionalVersionWeights\":{\"2\":\"half\"}}}");

    assertThat(reply.headers().firstValue("x-amzn-ErrorType")).hasValue("SerializationException");
    assertThat(reply.statusCode()).isEqualTo(400);
  }

  @Test
  void aMarkerThatNoReplyGaveIsRefused() {
    var reply = raw.send("GET", FUNCTION + "/versions?Marker=MTIz", "");

    assertThat(Json.read(reply.body()).path("message").asText()).isEqualTo("Invalid Marker: MTIz");
    assertThat(reply.statusCode()).isEqualTo(400);
  }

  @Test
  void allFailuresAreToldTogether() {
    HttpResponse<byte[]> reply =
        raw.send("PUT", FUNCTION + "/configuration", "{\"Timeout\":0,\"Handler\":\"a b\"}");

    assertThat(Json.read(reply.body()).path("message").asText())
        .isEqualTo(
            "2 validation errors detected: Value 'a b' at 'handler' failed to satisfy constraint:"
                + " Member must satisfy regular expression pattern: [^\\s]+; Value '0' at 'timeout'"
                + " failed to satisfy constraint: Member must have value greater than or equal to"
                + " 1");
  }

  private static void refused(HttpResponse<byte[]> reply, String expected) {
    assertThat(Json.read(reply.body()).path("message").asText())
        .isEqualTo("1 validation error detected: " + expected);
    assertThat(reply.headers().firstValue("x-amzn-ErrorType")).hasValue("ValidationException");
    assertThat(reply.statusCode()).isEqualTo(400);
  }
}
