package dev.lambdarollouts.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.engine.fact.AwsFailure.Kind;
import dev.lambdarollouts.engine.fact.FunctionFact;
import dev.lambdarollouts.engine.fact.FunctionFact.DeployStep;
import dev.lambdarollouts.engine.fact.ReleaseId;
import dev.lambdarollouts.engine.fact.VersionFact;
import dev.lambdarollouts.engine.fact.VersionNumber;
import dev.lambdarollouts.engine.port.AwsReply;
import dev.lambdarollouts.engine.port.FunctionDefinition.Code;
import dev.lambdarollouts.engine.port.FunctionDefinition.FileSystem;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;

class DeployAgainstSimulatorTest {
  private static final ReleaseId ONE = new ReleaseId("1-0000000001");
  private static final ReleaseId TWO = new ReleaseId("1-0000000002");

  private final SimulatedAws aws = new SimulatedAws();

  @AfterEach
  void close() {
    aws.close();
  }

  private FunctionFact read(Definitions wanted) {
    return aws.functions.read(wanted.build(), SimulatedAws.OWNER);
  }

  private ReleaseId release(Definitions of) {
    return aws.over.gateway.release(of.build());
  }

  private VersionFact.Published publish(Definitions of) {
    String codeSha256 = ((FunctionFact.Ready) read(of)).codeSha256();
    return done(aws.functions.publish("hello-dev", release(of), codeSha256));
  }

  private static <T> T done(AwsReply<T> reply) {
    assertThat(reply).isInstanceOf(AwsReply.Done.class);
    return ((AwsReply.Done<T>) reply).value();
  }

  /** As many members as AWS takes at once: SnapStart goes with no file system. */
  private static Definitions everyMemberTogether() {
    Definitions full = Definitions.full();
    full.code = Definitions.small().code;
    full.runtime = "java21";
    full.snapStartApplyOn = null;
    full.layers =
        List.of(
            "arn:aws:lambda:us-east-1:111122223333:layer:b:2",
            "arn:aws:lambda:us-east-1:111122223333:layer:a:1");
    full.fileSystems =
        List.of(
            new FileSystem(
                "arn:aws:elasticfilesystem:us-east-1:111122223333:access-point/fsap-"
                    + "0123456789abcdef0",
                "/mnt/data"));
    return full;
  }

  private static Kind kind(AwsReply<?> reply) {
    return ((AwsReply.Failed<?>) reply).failure().kind();
  }

  @Test
  void aFunctionGoesFromNothingToAPublishedVersion() {
    Definitions wanted = Definitions.small();

    assertThat(read(wanted)).isEqualTo(new FunctionFact.Absent());
    assertThat(aws.deployAll(wanted.build())).containsExactly(DeployStep.CREATE);
    assertThat(aws.functions.find("hello-dev", release(wanted)))
        .isEqualTo(new VersionFact.NotPublished());
    VersionFact.Published published = publish(wanted);

    assertThat(published.number()).isEqualTo(new VersionNumber("1"));
    assertThat(published.codeSha256()).isEqualTo(GetFunctionJson.codeSha256(wanted));
    assertThat(published.role()).isEqualTo(Definitions.ROLE);
    assertThat(aws.functions.version("hello-dev", published.number())).isEqualTo(published);
    assertThat(aws.functions.find("hello-dev", release(wanted))).isEqualTo(published);
  }

  @Test
  void everyMemberIsBroughtThereAndBack() {
    Definitions full = everyMemberTogether();
    full.handler = "a.B::c";
    aws.deployAll(Definitions.small().build());

    assertThat(aws.deployAll(full.build()))
        .containsExactly(DeployStep.CONFIGURATION, DeployStep.CODE);
    assertThat(read(full)).isInstanceOf(FunctionFact.Ready.class);
    assertThat(aws.deployAll(Definitions.small().build()))
        .containsExactly(DeployStep.CONFIGURATION, DeployStep.CODE);
    assertThat(read(Definitions.small())).isInstanceOf(FunctionFact.Ready.class);
  }

  @Test
  void snapStartIsBroughtThereAndBack() {
    Definitions plain = Definitions.small();
    plain.runtime = "java21";
    Definitions snap = Definitions.small();
    snap.runtime = "java21";
    snap.snapStartApplyOn = "PublishedVersions";
    aws.deployAll(plain.build());

    assertThat(aws.deployAll(snap.build())).containsExactly(DeployStep.CONFIGURATION);
    assertThat(aws.deployAll(plain.build())).containsExactly(DeployStep.CONFIGURATION);
  }

  @Test
  void aFunctionThatIsCreatedWithEveryMemberIsReadyAtOnce() {
    Definitions full = everyMemberTogether();

    assertThat(aws.deployAll(full.build())).containsExactly(DeployStep.CREATE);
  }

  @Test
  void anImageIsDeployedAndReplaced() {
    Definitions next = Definitions.image();
    next.code =
        new Code.Image(
            "111122223333.dkr.ecr.us-east-1.amazonaws.com/hello@sha256:" + "1".repeat(64));
    Definitions image = Definitions.image();
    image.code =
        new Code.Image(
            "111122223333.dkr.ecr.us-east-1.amazonaws.com/hello@sha256:" + "0".repeat(64));

    assertThat(aws.deployAll(image.build())).containsExactly(DeployStep.CREATE);
    assertThat(aws.deployAll(next.build())).containsExactly(DeployStep.CODE);
  }

  @Test
  void codeFromS3IsSentOnceAndAgainAfterARestartWithoutANewVersion() throws Exception {
    byte[] zip = ReproducibleZip.of(((Code.Files) Definitions.small().code).files());
    aws.upload("artifacts", "hello.zip", zip);
    Definitions wanted = Definitions.small();
    wanted.code = new Code.S3("artifacts", "hello.zip", null);

    assertThat(aws.deployAll(wanted.build())).containsExactly(DeployStep.CREATE);
    VersionFact.Published first = publish(wanted);
    assertThat(first.codeSha256()).isEqualTo(GetFunctionJson.codeSha256(Definitions.small()));

    try (GatewayOverHttp restarted = new GatewayOverHttp(aws.simulator.endpoint(), aws.time)) {
      var functions = restarted.gateway.functions(GatewayOverHttp.TARGET);
      assertThat(functions.read(wanted.build(), SimulatedAws.OWNER))
          .isEqualTo(new FunctionFact.Behind(DeployStep.CODE));
      done(functions.deploy(DeployStep.CODE, wanted.build(), SimulatedAws.OWNER));
      aws.time.advance(Duration.ofSeconds(5));
      assertThat(functions.read(wanted.build(), SimulatedAws.OWNER))
          .isEqualTo(new FunctionFact.Ready(first.codeSha256()));
      assertThat(done(functions.publish("hello-dev", release(wanted), first.codeSha256())).number())
          .isEqualTo(first.number());
    }
  }

  @Test
  void aReleaseThatChangesNothingIsTheVersionThatWasKnownBefore() {
    aws.deployAll(Definitions.small().build());
    VersionFact.Published first = publish(Definitions.small());
    Definitions saysTheDefault = Definitions.small();
    saysTheDefault.memorySize = 128;

    assertThat(release(saysTheDefault)).isNotEqualTo(release(Definitions.small()));
    assertThat(aws.deployAll(saysTheDefault.build())).isEmpty();
    assertThat(publish(saysTheDefault)).isEqualTo(first);
  }

  @Test
  void anObjectThatIsNotThereIsRefusedInAwsWords() {
    Definitions wanted = Definitions.small();
    wanted.code = new Code.S3("artifacts", "missing.zip", null);

    AwsReply<FunctionFact> reply =
        aws.functions.deploy(DeployStep.CREATE, wanted.build(), SimulatedAws.OWNER);

    assertThat(kind(reply)).isEqualTo(Kind.INVALID);
    assertThat(reply.toString()).contains("CreateFunction", "S3 Error Code");
  }

  @Test
  void aReleaseIsFoundAmongMoreVersionsThanAPageHolds() {
    aws.deployAll(Definitions.small().build());
    VersionFact.Published wanted = null;
    for (int i = 0; i < 120; i++) {
      int memory = 128 + i;
      aws.somebody.updateFunctionConfiguration(
          update -> update.functionName("hello-dev").memorySize(memory));
      aws.time.advance(Duration.ofSeconds(5));
      ReleaseId release = i == 70 || i == 20 ? TWO : ONE;
      aws.somebody.publishVersion(
          publish -> publish.functionName("hello-dev").description(release.value()));
      if (i == 70) {
        wanted = (VersionFact.Published) aws.functions.find("hello-dev", TWO);
      }
    }

    assertThat(wanted).isNotNull();
    assertThat(wanted.number()).isEqualTo(new VersionNumber("71"));
    assertThat(aws.functions.find("hello-dev", TWO)).isEqualTo(wanted);
    assertThat(aws.functions.find("hello-dev", ONE))
        .isInstanceOfSatisfying(
            VersionFact.Published.class,
            newest -> assertThat(newest.number()).isEqualTo(new VersionNumber("120")));
  }

  @Test
  void aFunctionThatSomebodyElseMadeIsNotOurs() {
    aws.somebody.createFunction(
        create ->
            create
                .functionName("hello-dev")
                .runtime("nodejs22.x")
                .handler("index.handler")
                .role(Definitions.ROLE)
                .code(
                    code ->
                        code.zipFile(
                            SdkBytes.fromByteArray(
                                ReproducibleZip.of(
                                    ((Code.Files) Definitions.small().code).files())))));

    assertThat(read(Definitions.small())).isEqualTo(new FunctionFact.Unclaimed());
  }

  @Test
  void whatIsDisownedIsNobodysAndStaysAsItIs() {
    aws.deployAll(Definitions.small().build());

    assertThat(done(aws.functions.disown("hello-dev", SimulatedAws.OWNER))).isTrue();

    assertThat(read(Definitions.small())).isEqualTo(new FunctionFact.Unclaimed());
    assertThat(done(aws.functions.disown("hello-dev", SimulatedAws.OWNER))).isFalse();
    assertThat(aws.operations("lambda")).doesNotContain("DeleteFunction");
  }

  @Test
  void atRestAReadIsOneCallAndNothingIsWritten() {
    aws.deployAll(Definitions.small().build());
    aws.simulator.calls().clear();

    read(Definitions.small());

    assertThat(aws.operations("lambda")).isEqualTo(List.of("GetFunction"));
  }
}
