package dev.lambdarollouts.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.engine.fact.AwsFailure;
import dev.lambdarollouts.engine.fact.AwsFailure.Kind;
import dev.lambdarollouts.engine.fact.FunctionFact;
import dev.lambdarollouts.engine.fact.FunctionFact.DeployStep;
import dev.lambdarollouts.engine.fact.ReleaseId;
import dev.lambdarollouts.engine.fact.VersionFact;
import dev.lambdarollouts.engine.fact.VersionNumber;
import dev.lambdarollouts.engine.port.AwsReply;
import dev.lambdarollouts.engine.port.FunctionDefinition;
import dev.lambdarollouts.simulator.door.Fault;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeployFaultsAgainstSimulatorTest {

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

  private static Kind kind(AwsReply<?> reply) {
    return ((AwsReply.Failed<?>) reply).failure().kind();
  }

  @Test
  void aPublishWhoseReplyIsLostPublishesOneVersion() {
    aws.deployAll(Definitions.small().build());
    aws.simulator.faults().once("lambda", "PublishVersion", Fault.cutAfterEffect());

    VersionFact.Published published = publish(Definitions.small());

    assertThat(published.number()).isEqualTo(new VersionNumber("1"));
    assertThat(aws.somebody.listVersionsByFunction(l -> l.functionName("hello-dev")).versions())
        .hasSize(2);
  }

  @Test
  void aDeployWhoseReplyIsLostConverges() {
    Definitions wanted = Definitions.small();
    aws.simulator.faults().once("lambda", "CreateFunction", Fault.cutAfterEffect());
    var reply = aws.functions.deploy(DeployStep.CREATE, wanted.build(), SimulatedAws.OWNER);
    assertThat(kind(reply)).isEqualTo(Kind.CONFLICT);
    assertThat(aws.deployAll(wanted.build())).isEmpty();

    wanted.memorySize = 512;
    assertThat(read(wanted)).isEqualTo(new FunctionFact.Behind(DeployStep.CONFIGURATION));
    aws.simulator.faults().once("lambda", "UpdateFunctionConfiguration", Fault.cutAfterEffect());
    reply = aws.functions.deploy(DeployStep.CONFIGURATION, wanted.build(), SimulatedAws.OWNER);
    assertThat(kind(reply)).isEqualTo(Kind.CONFLICT);
    assertThat(aws.deployAll(wanted.build())).isEmpty();
  }

  @Test
  void somebodyElsesChangeBetweenReadAndUpdateIsAConflict() {
    aws.deployAll(Definitions.small().build());
    Definitions wanted = Definitions.small();
    wanted.memorySize = 512;
    FunctionDefinition definition = wanted.build();
    assertThat(read(wanted)).isEqualTo(new FunctionFact.Behind(DeployStep.CONFIGURATION));
    aws.somebody.updateFunctionConfiguration(u -> u.functionName("hello-dev").timeout(9));
    aws.time.advance(Duration.ofSeconds(5));

    assertThat(kind(aws.functions.deploy(DeployStep.CONFIGURATION, definition, SimulatedAws.OWNER)))
        .isEqualTo(Kind.CONFLICT);
    assertThat(aws.deployAll(definition)).containsExactly(DeployStep.CONFIGURATION);
  }

  @Test
  void somebodyElsesChangeBetweenReadAndPublishIsNotPublished() {
    aws.deployAll(Definitions.small().build());
    String codeSha256 = ((FunctionFact.Ready) read(Definitions.small())).codeSha256();
    aws.somebody.updateFunctionConfiguration(u -> u.functionName("hello-dev").timeout(9));
    aws.time.advance(Duration.ofSeconds(5));

    assertThat(kind(aws.functions.publish("hello-dev", release(Definitions.small()), codeSha256)))
        .isEqualTo(Kind.CONFLICT);
    assertThat(aws.functions.find("hello-dev", release(Definitions.small())))
        .isEqualTo(new VersionFact.NotPublished());
  }

  @Test
  void anUpdateThatFailsInAwsIsTriedAgainAndTellsWhy() {
    aws.deployAll(Definitions.small().build());
    Definitions wanted = Definitions.small();
    wanted.code = Definitions.files(Map.of("index.mjs", "changed"));
    assertThat(read(wanted)).isEqualTo(new FunctionFact.Behind(DeployStep.CODE));
    aws.simulator
        .lambda()
        .failNextChange(
            "arn:aws:lambda:us-east-1:111122223333:function:hello-dev",
            "InternalError",
            "it broke");
    done(aws.functions.deploy(DeployStep.CODE, wanted.build(), SimulatedAws.OWNER));
    aws.time.advance(Duration.ofSeconds(5));

    assertThat(read(wanted)).isInstanceOf(FunctionFact.Behind.class);
    assertThat(aws.deployAll(wanted.build())).isNotEmpty();
    assertThat(read(wanted)).isInstanceOf(FunctionFact.Ready.class);
  }

  @Test
  void aThrottleThatLastsIsToldAndOneThatPassesIsNot() {
    aws.deployAll(Definitions.small().build());
    aws.simulator.faults().once("lambda", "GetFunction", Fault.throttled());
    assertThat(read(Definitions.small())).isInstanceOf(FunctionFact.Ready.class);

    aws.simulator.faults().add(attempt -> attempt.is("lambda", "GetFunction"), Fault.throttled());
    assertThat(read(Definitions.small()))
        .isEqualTo(
            new FunctionFact.Unknown(
                new AwsFailure(Kind.THROTTLED, "GetFunction", "Rate exceeded")));
  }

  @Test
  void awsOutOfReachIsUnavailable() {
    aws.deployAll(Definitions.small().build());
    aws.simulator.faults().down();

    assertThat(read(Definitions.small()))
        .isEqualTo(
            new FunctionFact.Unknown(
                new AwsFailure(
                    Kind.UNAVAILABLE,
                    "GetFunction",
                    "Unable to execute HTTP request: Unexpected end of file from server")));
    aws.simulator.faults().up();
    assertThat(read(Definitions.small())).isInstanceOf(FunctionFact.Ready.class);
  }
}
