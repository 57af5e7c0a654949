package dev.lambdarollouts.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.engine.fact.AliasFact;
import dev.lambdarollouts.engine.fact.AliasFact.Source;
import dev.lambdarollouts.engine.fact.AliasMark;
import dev.lambdarollouts.engine.fact.AliasTarget;
import dev.lambdarollouts.engine.fact.AwsFailure.Kind;
import dev.lambdarollouts.engine.fact.FunctionFact;
import dev.lambdarollouts.engine.fact.ReleaseId;
import dev.lambdarollouts.engine.fact.VersionNumber;
import dev.lambdarollouts.engine.plan.Weight;
import dev.lambdarollouts.engine.port.AliasPort;
import dev.lambdarollouts.engine.port.AwsReply;
import dev.lambdarollouts.engine.port.Urgency;
import dev.lambdarollouts.simulator.door.Fault;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.lambda.model.GetAliasResponse;

class AliasAgainstSimulatorTest {
  private static final VersionNumber ONE = new VersionNumber("1");
  private static final VersionNumber TWO = new VersionNumber("2");
  private static final ReleaseId FIRST = new ReleaseId("1-0000000001");
  private static final ReleaseId SECOND = new ReleaseId("1-0000000002");
  private static final AliasMark MARK =
      new AliasMark(
          "ab12", new AliasMark.Marked(ONE, FIRST), new AliasMark.Marked(TWO, SECOND), null);

  private final SimulatedAws aws = new SimulatedAws();
  private final AliasPort aliases = aws.over.gateway.aliases(GatewayOverHttp.TARGET);

  @BeforeEach
  void twoVersionsAndAnAliasOnTheFirst() {
    Definitions definitions = Definitions.small();
    release(definitions);
    definitions.memorySize = 512;
    release(definitions);
    assertThat(aliases.create("hello-dev", "live", AliasTarget.only(ONE), MARK))
        .isInstanceOf(AwsReply.Done.class);
    aws.simulator.calls().clear();
  }

  @AfterEach
  void close() {
    aws.close();
  }

  private void release(Definitions definitions) {
    aws.deployAll(definitions.build());
    FunctionFact.Ready ready =
        (FunctionFact.Ready) aws.functions.read(definitions.build(), SimulatedAws.OWNER);
    assertThat(
            aws.functions.publish(
                "hello-dev", aws.over.gateway.release(definitions.build()), ready.codeSha256()))
        .isInstanceOf(AwsReply.Done.class);
  }

  private AliasFact.Present read() {
    return (AliasFact.Present) aliases.read("hello-dev", "live", Urgency.SHIFT);
  }

  private AwsReply<AliasFact.Present> shift(Weight weight, String revisionId) {
    return aliases.update(
        "hello-dev", "live", AliasTarget.split(ONE, TWO, weight), MARK, revisionId, Urgency.SHIFT);
  }

  private GetAliasResponse real() {
    return aws.somebody.getAlias(get -> get.functionName("hello-dev").name("live"));
  }

  private static AliasFact.Present done(AwsReply<AliasFact.Present> reply) {
    assertThat(reply).isInstanceOf(AwsReply.Done.class);
    return ((AwsReply.Done<AliasFact.Present>) reply).value();
  }

  private static Kind kind(AwsReply<?> reply) {
    return ((AwsReply.Failed<?>) reply).failure().kind();
  }

  @Test
  void aWholeRolloutCostsOneCallAStepChainedFromReplyToReply() {
    AliasFact.Present at = read();
    aws.simulator.calls().clear();

    at = done(shift(Weight.ofPercent(10), at.revisionId()));
    at = done(shift(Weight.parse("33.33%"), at.revisionId()));
    at = done(shift(Weight.ALL, at.revisionId()));

    assertThat(aws.operations("lambda"))
        .isEqualTo(List.of("UpdateAlias", "UpdateAlias", "UpdateAlias"));
    assertThat(at.target()).isEqualTo(AliasTarget.only(TWO));
    assertThat(at.source()).isEqualTo(Source.REPLY);
    assertThat(read()).usingRecursiveComparison().ignoringFields("source").isEqualTo(at);
  }

  @Test
  void aWeightArrivesAsTheDecimalThatItIs() {
    done(shift(Weight.parse("33.33%"), read().revisionId()));

    assertThat(real().routingConfig().additionalVersionWeights()).isEqualTo(Map.of("2", 0.3333));
    assertThat(read().target()).isEqualTo(AliasTarget.split(ONE, TWO, Weight.parse("33.33%")));
    assertThat(read().mark()).isEqualTo(MARK);
  }

  @Test
  void aRollbackIsOneCallAndLeavesNoWeight() {
    AliasFact.Present shifted = done(shift(Weight.ofPercent(50), read().revisionId()));
    aws.simulator.calls().clear();

    AliasFact.Present back =
        done(
            aliases.update(
                "hello-dev",
                "live",
                AliasTarget.only(ONE),
                MARK,
                shifted.revisionId(),
                Urgency.ROLLBACK));

    assertThat(aws.operations("lambda")).isEqualTo(List.of("UpdateAlias"));
    assertThat(back.target()).isEqualTo(AliasTarget.only(ONE));
    assertThat(real().routingConfig()).isNull();
  }

  @Test
  void aShiftWhoseReplyIsLostIsDone() {
    String revisionId = read().revisionId();
    aws.simulator.faults().once("lambda", "UpdateAlias", Fault.cutAfterEffect());

    AliasFact.Present shifted = done(shift(Weight.ofPercent(10), revisionId));

    assertThat(shifted.target()).isEqualTo(AliasTarget.split(ONE, TWO, Weight.ofPercent(10)));
    assertThat(shifted.source()).isEqualTo(Source.READ);
    assertThat(shifted.revisionId()).isEqualTo(real().revisionId());
  }

  @Test
  void aShiftThatFailedAfterItsEffectIsDone() {
    String revisionId = read().revisionId();
    aws.simulator.faults().once("lambda", "UpdateAlias", Fault.serverErrorAfterEffect());

    assertThat(done(shift(Weight.ofPercent(10), revisionId)).target())
        .isEqualTo(AliasTarget.split(ONE, TWO, Weight.ofPercent(10)));
  }

  @Test
  void somebodyElsesMoveIsAConflictAndStays() {
    String revisionId = read().revisionId();
    aws.somebody.updateAlias(
        update -> update.functionName("hello-dev").name("live").functionVersion("2"));

    assertThat(kind(shift(Weight.ofPercent(10), revisionId))).isEqualTo(Kind.CONFLICT);
    assertThat(real().functionVersion()).isEqualTo("2");
  }

  @Test
  void aCreationWhoseReplyIsLostIsDone() {
    aws.simulator.faults().once("lambda", "CreateAlias", Fault.cutAfterEffect());

    assertThat(done(aliases.create("hello-dev", "preview", AliasTarget.only(TWO), MARK)).target())
        .isEqualTo(AliasTarget.only(TWO));
  }

  @Test
  void anAliasAndAFunctionThatAreNotThereAreMissing() {
    assertThat(aliases.read("hello-dev", "nowhere", Urgency.SHIFT))
        .isInstanceOf(AliasFact.Missing.class);
    assertThat(aliases.read("nobody", "live", Urgency.SHIFT)).isInstanceOf(AliasFact.Missing.class);
  }

  @Test
  void aVersionThatIsNotThereIsNotFound() {
    assertThat(
            kind(
                aliases.update(
                    "hello-dev",
                    "live",
                    AliasTarget.only(new VersionNumber("77")),
                    MARK,
                    read().revisionId(),
                    Urgency.SHIFT)))
        .isEqualTo(Kind.NOT_FOUND);
  }

  @Test
  void whatAwsRefusesIsInvalid() {
    assertThat(
            kind(
                aliases.update(
                    "hello-dev",
                    "live",
                    new AliasTarget(ONE, new AliasTarget.Route(ONE, Weight.ofPercent(10))),
                    MARK,
                    read().revisionId(),
                    Urgency.SHIFT)))
        .isEqualTo(Kind.INVALID);
  }

  @Test
  void expiredCredentialsAreDenied() {
    aws.simulator.faults().once("lambda", "UpdateAlias", Fault.expiredCredentials());

    assertThat(kind(shift(Weight.ofPercent(10), read().revisionId()))).isEqualTo(Kind.DENIED);
  }
}
