package dev.lambdarollouts.aws;

import static dev.lambdarollouts.aws.ScriptedAws.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lambdarollouts.engine.fact.FunctionFact;
import dev.lambdarollouts.engine.fact.FunctionFact.DeployStep;
import dev.lambdarollouts.engine.port.AwsReply;
import dev.lambdarollouts.engine.port.FunctionDefinition;
import dev.lambdarollouts.engine.port.FunctionDefinition.Code;
import dev.lambdarollouts.engine.port.FunctionDefinition.FileSystem;
import dev.lambdarollouts.engine.port.FunctionDefinition.ImageConfig;
import dev.lambdarollouts.engine.port.FunctionDefinition.LoggingConfig;
import dev.lambdarollouts.engine.port.FunctionDefinition.VpcConfig;
import dev.lambdarollouts.engine.port.Owner;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What differs between a definition and what AWS reports, and how it is brought there. */
class DefinitionDriftTest {
  private static final Owner OWNER = new Owner("lr-1", "shop", "hello");
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final ScriptedLambda lambda = new ScriptedLambda();
  private final ScriptedAws aws = lambda.aws;

  @AfterEach
  void close() {
    lambda.close();
  }

  private FunctionFact read(Definitions wanted, GetFunctionJson is) {
    aws.then(json(200, is.build()));
    return lambda.functions.read(wanted.build(), OWNER);
  }

  private JsonNode sentBody() throws Exception {
    return JSON.readTree(aws.requests().getLast().body());
  }

  @Test
  void whatAwsReportsForASmallDefinitionIsReady() {
    assertThat(read(Definitions.small(), GetFunctionJson.of(Definitions.small())))
        .isEqualTo(new FunctionFact.Ready(GetFunctionJson.codeSha256(Definitions.small())));
  }

  static Stream<Arguments> members() {
    return Stream.of(
        member(d -> d.runtime = "nodejs24.x", "{'Runtime':'nodejs24.x'}", "{}"),
        member(d -> d.handler = "a.b", "{'Handler':'a.b'}", "{}"),
        member(d -> d.role = "arn:aws:iam::1:role/o", "{'Role':'arn:aws:iam::1:role/o'}", "{}"),
        member(d -> d.memorySize = 256, "{'MemorySize':256}", "{'MemorySize':128}"),
        member(d -> d.timeout = 10, "{'Timeout':10}", "{'Timeout':3}"),
        member(
            d -> d.ephemeralStorageSize = 1024,
            "{'EphemeralStorage':{'Size':1024}}",
            "{'EphemeralStorage':{'Size':512}}"),
        member(
            d -> d.environment = Map.of("A", "b"),
            "{'Environment':{'Variables':{'A':'b'}}}",
            "{'Environment':{'Variables':{}}}"),
        member(d -> d.layers = List.of("arn:l:1"), "{'Layers':['arn:l:1']}", "{'Layers':[]}"),
        member(
            d -> d.vpcConfig = new VpcConfig(List.of("subnet-b", "subnet-a"), List.of("sg-1")),
            "{'VpcConfig':{'SubnetIds':['subnet-a','subnet-b'],'SecurityGroupIds':['sg-1']}}",
            "{'VpcConfig':{'SubnetIds':[],'SecurityGroupIds':[]}}"),
        member(
            d -> d.deadLetterTargetArn = "arn:q",
            "{'DeadLetterConfig':{'TargetArn':'arn:q'}}",
            "{'DeadLetterConfig':{'TargetArn':''}}"),
        member(
            d -> d.tracingMode = "Active",
            "{'TracingConfig':{'Mode':'Active'}}",
            "{'TracingConfig':{'Mode':'PassThrough'}}"),
        member(
            d -> d.snapStartApplyOn = "PublishedVersions",
            "{'SnapStart':{'ApplyOn':'PublishedVersions'}}",
            "{'SnapStart':{'ApplyOn':'None'}}"),
        member(
            d -> d.loggingConfig = new LoggingConfig("JSON", "DEBUG", null, null),
            "{'LoggingConfig':{'LogFormat':'JSON','ApplicationLogLevel':'DEBUG',"
                + "'SystemLogLevel':'INFO','LogGroup':'/aws/lambda/hello-dev'}}",
            "{'LoggingConfig':{'LogFormat':'Text','LogGroup':'/aws/lambda/hello-dev'}}"),
        member(d -> d.kmsKeyArn = "arn:k", "{'KMSKeyArn':'arn:k'}", "{'KMSKeyArn':''}"),
        member(
            d -> d.fileSystems = List.of(new FileSystem("arn:fs", "/mnt/a")),
            "{'FileSystemConfigs':[{'Arn':'arn:fs','LocalMountPath':'/mnt/a'}]}",
            "{'FileSystemConfigs':[]}"));
  }

  /** Runtime, handler and role have none: every zip function has its own. */
  static Stream<Arguments> membersWithADefault() {
    return members().filter(arguments -> !"{}".equals(arguments.get()[2]));
  }

  private static Arguments member(Consumer<Definitions> set, String sent, String takenBack) {
    return Arguments.of(set, sent.replace('\'', '"'), takenBack.replace('\'', '"'));
  }

  @ParameterizedTest
  @MethodSource("members")
  void aMemberThatDiffersIsSentAloneAndFencedByTheRevisionRead(
      Consumer<Definitions> set, String sent, String takenBack) throws Exception {
    Definitions wanted = Definitions.small();
    set.accept(wanted);

    assertThat(read(wanted, GetFunctionJson.of(Definitions.small())))
        .isEqualTo(new FunctionFact.Behind(DeployStep.CONFIGURATION));
    aws.then(json(200, "{}"));
    assertThat(lambda.functions.deploy(DeployStep.CONFIGURATION, wanted.build(), OWNER))
        .isInstanceOf(AwsReply.Done.class);

    assertThat(aws.lines().getLast())
        .isEqualTo("PUT /2015-03-31/functions/hello-dev/configuration");
    assertThat(sentBody())
        .isEqualTo(JSON.readTree(sent.replaceFirst("\\{", "{\"RevisionId\":\"r1\",")));
  }

  @ParameterizedTest
  @MethodSource("membersWithADefault")
  void aMemberThatIsWantedNoMoreGoesBackToAwsDefault(
      Consumer<Definitions> set, String sent, String takenBack) throws Exception {
    Definitions was = Definitions.small();
    set.accept(was);

    assertThat(read(Definitions.small(), GetFunctionJson.of(was)))
        .isEqualTo(new FunctionFact.Behind(DeployStep.CONFIGURATION));
    aws.then(json(200, "{}"));
    var _ = lambda.functions.deploy(DeployStep.CONFIGURATION, Definitions.small().build(), OWNER);

    assertThat(sentBody())
        .isEqualTo(JSON.readTree(takenBack.replaceFirst("\\{", "{\"RevisionId\":\"r1\",")));
  }

  @ParameterizedTest
  @MethodSource("members")
  void aMemberThatAwsReportsAsWantedDoesNotDiffer(
      Consumer<Definitions> set, String sent, String takenBack) {
    Definitions wanted = Definitions.small();
    set.accept(wanted);

    assertThat(read(wanted, GetFunctionJson.of(wanted))).isInstanceOf(FunctionFact.Ready.class);
  }

  @Test
  void anImagesOverridesAreSetAndTakenBack() throws Exception {
    Definitions plain = Definitions.image();
    plain.imageConfig = null;

    assertThat(read(plain, GetFunctionJson.of(Definitions.image())))
        .isEqualTo(new FunctionFact.Behind(DeployStep.CONFIGURATION));
    aws.then(json(200, "{}"));
    var _ = lambda.functions.deploy(DeployStep.CONFIGURATION, plain.build(), OWNER);
    assertThat(sentBody()).isEqualTo(JSON.readTree("{\"RevisionId\":\"r1\",\"ImageConfig\":{}}"));

    Definitions other = Definitions.image();
    other.imageConfig = new ImageConfig(List.of(), List.of("c"), null);
    assertThat(read(other, GetFunctionJson.of(Definitions.image())))
        .isEqualTo(new FunctionFact.Behind(DeployStep.CONFIGURATION));
    aws.then(json(200, "{}"));
    var _ = lambda.functions.deploy(DeployStep.CONFIGURATION, other.build(), OWNER);
    assertThat(sentBody())
        .isEqualTo(JSON.readTree("{\"RevisionId\":\"r1\",\"ImageConfig\":{\"Command\":[\"c\"]}}"));
  }

  @Test
  void anEnvironmentThatAwsHidesIsUnknown() {
    assertThat(
            read(
                Definitions.small(),
                GetFunctionJson.of(Definitions.small())
                    .with(
                        "Environment",
                        "{\"Error\":{\"ErrorCode\":\"AccessDeniedException\",\"Message\":\"kms\"}}")))
        .isInstanceOfSatisfying(
            FunctionFact.Unknown.class,
            unknown -> assertThat(unknown.failure().message()).contains("kms:Decrypt"));
  }

  @Test
  void anUpdateThatFailedIsTriedAgainAndItsReasonIsTold() throws Exception {
    GetFunctionJson failed =
        GetFunctionJson.of(Definitions.small())
            .with("LastUpdateStatus", "\"Failed\"")
            .with("LastUpdateStatusReasonCode", "\"SubnetOutOfIPAddresses\"")
            .with("LastUpdateStatusReason", "\"no address left\"");
    assertThat(read(Definitions.small(), failed))
        .isEqualTo(new FunctionFact.Behind(DeployStep.CONFIGURATION));
    aws.then(json(200, "{}"));

    assertThat(
            lambda.functions.deploy(DeployStep.CONFIGURATION, Definitions.small().build(), OWNER))
        .isEqualTo(
            new AwsReply.Done<>(
                new FunctionFact.Settling(
                    "UpdateFunctionConfiguration sent again, after the last update failed:"
                        + " SubnetOutOfIPAddresses: no address left")));
    assertThat(sentBody().fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("Role", "MemorySize", "Timeout", "RevisionId");
  }

  @Test
  void changedFilesAreSentOnceTheConfigurationIsRight() throws Exception {
    Definitions wanted = Definitions.small();
    wanted.code = Definitions.files(Map.of("index.mjs", "changed"));
    assertThat(read(wanted, GetFunctionJson.of(Definitions.small())))
        .isEqualTo(new FunctionFact.Behind(DeployStep.CODE));
    aws.then(json(200, "{}"));

    var _ = lambda.functions.deploy(DeployStep.CODE, wanted.build(), OWNER);

    assertThat(aws.lines().getLast()).isEqualTo("PUT /2015-03-31/functions/hello-dev/code");
    assertThat(sentBody().path("RevisionId").asText()).isEqualTo("r1");
    assertThat(sentBody().path("Publish").asBoolean(true)).isFalse();
    assertThat(sentBody().path("ZipFile").binaryValue())
        .isEqualTo(ReproducibleZip.of(((Code.Files) wanted.code).files()));
  }

  @Test
  void anotherArchitectureIsAnotherCode() throws Exception {
    Definitions wanted = Definitions.small();
    wanted.architectures = List.of("arm64");
    assertThat(read(wanted, GetFunctionJson.of(Definitions.small())))
        .isEqualTo(new FunctionFact.Behind(DeployStep.CODE));
    aws.then(json(200, "{}"));
    var _ = lambda.functions.deploy(DeployStep.CODE, wanted.build(), OWNER);

    assertThat(sentBody().path("Architectures")).isEqualTo(JSON.readTree("[\"arm64\"]"));
  }

  @Test
  void anImageIsKnownByItsUri() {
    Definitions other = Definitions.image();
    other.code = new Code.Image("111122223333.dkr.ecr.us-east-1.amazonaws.com/hello@sha256:ffff");

    assertThat(read(Definitions.image(), GetFunctionJson.of(Definitions.image())))
        .isInstanceOf(FunctionFact.Ready.class);
    assertThat(read(other, GetFunctionJson.of(Definitions.image())))
        .isEqualTo(new FunctionFact.Behind(DeployStep.CODE));
  }

  @Test
  void anObjectInS3IsSentOnceAndKnownFromThenOn() {
    FunctionDefinition wanted = Definitions.full().build();
    GetFunctionJson is = GetFunctionJson.of(Definitions.full()).with("CodeSha256", "\"was\"");
    // After a restart nothing is known of where the code came from.
    assertThat(read(Definitions.full(), is)).isEqualTo(new FunctionFact.Behind(DeployStep.CODE));
    aws.then(json(200, "{\"CodeSha256\":\"became\",\"LastUpdateStatus\":\"InProgress\"}"));
    assertThat(lambda.functions.deploy(DeployStep.CODE, wanted, OWNER))
        .isEqualTo(new AwsReply.Done<>(new FunctionFact.Settling("UpdateFunctionCode sent")));

    assertThat(read(Definitions.full(), is.with("CodeSha256", "\"became\"")))
        .isEqualTo(new FunctionFact.Ready("became"));
    assertThat(read(Definitions.full(), is.with("CodeSha256", "\"another's\"")))
        .isEqualTo(new FunctionFact.Behind(DeployStep.CODE));
    Definitions next = Definitions.full();
    next.code = new Code.S3("artifacts", "hello-1.4.3.zip", "abc");
    assertThat(read(next, is.with("CodeSha256", "\"became\"")))
        .isEqualTo(new FunctionFact.Behind(DeployStep.CODE));
  }
}
