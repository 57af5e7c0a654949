package dev.lambdarollouts.aws;

import static dev.lambdarollouts.aws.ScriptedAws.error;
import static dev.lambdarollouts.aws.ScriptedAws.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lambdarollouts.engine.fact.AwsFailure.Kind;
import dev.lambdarollouts.engine.fact.FunctionFact;
import dev.lambdarollouts.engine.fact.FunctionFact.DeployStep;
import dev.lambdarollouts.engine.port.AwsReply;
import dev.lambdarollouts.engine.port.FunctionDefinition.Code;
import dev.lambdarollouts.engine.port.Owner;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LambdaFunctionsTest {
  private static final Owner OWNER = new Owner("lr-1", "shop", "hello");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final ScriptedLambda lambda = new ScriptedLambda();
  private final ScriptedAws aws = lambda.aws;

  @AfterEach
  void close() {
    lambda.close();
  }

  private AwsReply<FunctionFact> deploy(DeployStep step, Definitions wanted) {
    return lambda.functions.deploy(step, wanted.build(), OWNER);
  }

  private JsonNode sentBody() throws Exception {
    return JSON.readTree(aws.requests().getLast().body());
  }

  private static Kind kind(AwsReply<?> reply) {
    return ((AwsReply.Failed<?>) reply).failure().kind();
  }

  // -- create

  @Test
  void aFunctionIsCreatedWithTheOwnersTagsAndOnlyWhatTheDefinitionSays() throws Exception {
    aws.then(json(201, "{\"CodeSha256\":\"s\",\"State\":\"Pending\"}"));

    assertThat(deploy(DeployStep.CREATE, Definitions.small()))
        .isEqualTo(new AwsReply.Done<>(new FunctionFact.Settling("CreateFunction sent")));

    assertThat(aws.lines()).containsExactly("POST /2015-03-31/functions");
    JsonNode body = sentBody();
    assertThat(body.path("Tags"))
        .isEqualTo(
            JSON.valueToTree(
                Map.of(
                    "lambdarollouts.dev/installation", "lr-1",
                    "lambdarollouts.dev/namespace", "shop",
                    "lambdarollouts.dev/rollout", "hello",
                    "lambdarollouts.dev/created", "true")));
    assertThat(body.path("Code").path("ZipFile").binaryValue())
        .isEqualTo(ReproducibleZip.of(((Code.Files) Definitions.small().code).files()));
    assertThat(body.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder(
            "FunctionName", "Runtime", "Role", "Handler", "Code", "PackageType", "Publish", "Tags");
    assertThat(body.path("Publish").asBoolean(true)).isFalse();
  }

  @Test
  void everyMemberOfADefinitionReachesCreateFunction() throws Exception {
    aws.then(json(201, "{}"));
    var _ = deploy(DeployStep.CREATE, Definitions.full());

    JsonNode expected = JSON.readTree(ReleaseHash.canonicalJson(Definitions.full().build()));
    JsonNode body = sentBody();
    expected
        .properties()
        .forEach(
            member ->
                assertThat(body.get(member.getKey()))
                    .as(member.getKey())
                    .isEqualTo(
                        member.getKey().equals("VpcConfig")
                            ? body.get("VpcConfig")
                            : member.getValue()));
    assertThat(body.path("VpcConfig").path("SubnetIds"))
        .isEqualTo(JSON.readTree("[\"subnet-b\",\"subnet-a\"]"));
  }

  @Test
  void anImageIsCreatedAsOne() throws Exception {
    aws.then(json(201, "{}"));
    var _ = deploy(DeployStep.CREATE, Definitions.image());

    assertThat(sentBody().path("PackageType").asText()).isEqualTo("Image");
    assertThat(sentBody().path("ImageConfig"))
        .isEqualTo(
            JSON.readTree(
                "{\"EntryPoint\":[\"/bin/run\"],\"Command\":[\"a\",\"b\"],"
                    + "\"WorkingDirectory\":\"/srv\"}"));
    assertThat(sentBody().has("Runtime")).isFalse();
  }

  @Test
  void aRefusedEnvironmentIsToldWithoutItsValues() {
    Definitions wanted = Definitions.small();
    wanted.environment = Map.of("PASSWORD", "hunter22");
    aws.then(error(400, "InvalidParameterValueException", "bad value hunter22 of PASSWORD"));

    AwsReply<FunctionFact> reply = deploy(DeployStep.CREATE, wanted);

    assertThat(kind(reply)).isEqualTo(Kind.INVALID);
    assertThat(reply.toString()).contains("PASSWORD").doesNotContain("hunter22");
  }

  // -- update

  @Test
  void anUpdateThatNobodyReadForReadsFirst() {
    Definitions wanted = Definitions.small();
    wanted.memorySize = 512;
    aws.then(json(200, GetFunctionJson.of(Definitions.small()).build()), json(200, "{}"));

    assertThat(deploy(DeployStep.CONFIGURATION, wanted)).isInstanceOf(AwsReply.Done.class);

    assertThat(aws.lines())
        .containsExactly(
            "GET /2015-03-31/functions/hello-dev",
            "PUT /2015-03-31/functions/hello-dev/configuration");
  }

  @Test
  void anUpdateThatIsNotDueAnyMoreIsNotSent() {
    aws.then(
        json(
            200,
            GetFunctionJson.of(Definitions.small())
                .with("LastUpdateStatus", "\"InProgress\"")
                .build()));

    assertThat(deploy(DeployStep.CODE, Definitions.small()))
        .isEqualTo(
            new AwsReply.Done<>(new FunctionFact.Settling("LastUpdateStatus is InProgress")));
    assertThat(aws.lines()).hasSize(1);
  }

  @Test
  void aFunctionThatChangedHandsIsNotUpdated() {
    aws.then(json(200, GetFunctionJson.of(Definitions.small()).tags("lr-2", "a", "b").build()));

    assertThat(deploy(DeployStep.CODE, Definitions.small()))
        .isEqualTo(new AwsReply.Done<>(new FunctionFact.OwnedByAnother("lr-2/a/b")));
    assertThat(aws.lines()).hasSize(1);
  }

  @Test
  void noRevisionIsUsedTwice() throws Exception {
    Definitions wanted = Definitions.small();
    wanted.memorySize = 512;
    aws.then(
        json(200, GetFunctionJson.of(Definitions.small()).build()),
        error(412, "PreconditionFailedException", "The Revision Id provided"),
        json(200, GetFunctionJson.of(Definitions.small()).with("RevisionId", "\"r2\"").build()),
        json(200, "{}"));

    assertThat(kind(deploy(DeployStep.CONFIGURATION, wanted))).isEqualTo(Kind.CONFLICT);
    var _ = deploy(DeployStep.CONFIGURATION, wanted);

    assertThat(sentBody().path("RevisionId").asText()).isEqualTo("r2");
  }

  // -- disown

  @Test
  void theOwnersTagsAreTakenOffAndNoOthers() {
    aws.then(json(200, GetFunctionJson.of(Definitions.small()).build()), json(204, ""));

    assertThat(lambda.functions.disown("hello-dev", OWNER)).isEqualTo(new AwsReply.Done<>(true));
    assertThat(aws.lines().getLast())
        .startsWith("DELETE /2017-03-31/tags/")
        .contains("111122223333")
        .contains("lambdarollouts.dev%2Finstallation")
        .contains("lambdarollouts.dev%2Fnamespace")
        .contains("lambdarollouts.dev%2Frollout")
        .doesNotContain("team");
  }

  @Test
  void anothersFunctionAndNoFunctionAreLeftAlone() {
    aws.then(
        json(200, GetFunctionJson.of(Definitions.small()).tags("lr-2", "a", "b").build()),
        error(404, "ResourceNotFoundException", "Function not found: arn"));

    assertThat(lambda.functions.disown("hello-dev", OWNER)).isEqualTo(new AwsReply.Done<>(false));
    assertThat(lambda.functions.disown("hello-dev", OWNER)).isEqualTo(new AwsReply.Done<>(false));
    assertThat(aws.lines()).allMatch(line -> line.startsWith("GET "));
  }
}
