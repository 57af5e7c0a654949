package dev.lambdarollouts.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.engine.fact.AliasFact;
import dev.lambdarollouts.engine.fact.AliasMark;
import dev.lambdarollouts.engine.fact.AliasTarget;
import dev.lambdarollouts.engine.fact.AwsFailure;
import dev.lambdarollouts.engine.fact.FunctionFact;
import dev.lambdarollouts.engine.fact.VersionFact;
import dev.lambdarollouts.engine.fact.VersionNumber;
import dev.lambdarollouts.engine.plan.Weight;
import dev.lambdarollouts.engine.port.AliasPort;
import dev.lambdarollouts.engine.port.AwsReply;
import dev.lambdarollouts.engine.port.Owner;
import dev.lambdarollouts.engine.port.Urgency;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.model.Runtime;

/**
 * A function that somebody else publishes, against the simulator; and the policy that this needs.
 */
class ShiftOnlyAgainstSimulatorTest {
  private static final String HELLO = "hello-dev";

  private final SimulatedAws aws = new SimulatedAws();

  @AfterEach
  void close() {
    aws.close();
  }

  @BeforeEach
  void somebodyPublishesTwice() {
    aws.somebody.createFunction(
        create ->
            create
                .functionName(HELLO)
                .runtime(Runtime.NODEJS22_X)
                .handler("index.handler")
                .role("arn:aws:iam::111122223333:role/theirs")
                .tags(Map.of("made-by", "terraform"))
                .code(code -> code.zipFile(zip("1"))));
    publish();
    aws.somebody.updateFunctionCode(update -> update.functionName(HELLO).zipFile(zip("2")));
    publish();
  }

  private static SdkBytes zip(String content) {
    return SdkBytes.fromByteArray(
        ReproducibleZip.of(
            new java.util.TreeMap<>(
                Map.of("index.js", content.getBytes(java.nio.charset.StandardCharsets.UTF_8)))));
  }

  private void publish() {
    aws.time.advance(Duration.ofSeconds(10));
    aws.somebody.publishVersion(publish -> publish.functionName(HELLO));
  }

  private Map<String, String> tags() {
    return aws.somebody.getFunction(get -> get.functionName(HELLO)).tags();
  }

  @Test
  void theNewestVersionIsFoundWhateverItsDescription() {
    assertThat(aws.functions.newest(HELLO))
        .isInstanceOfSatisfying(
            VersionFact.Published.class,
            newest -> assertThat(newest.number()).isEqualTo(new VersionNumber("2")));
    assertThat(aws.functions.newest("nobodys")).isEqualTo(new VersionFact.NotPublished());
  }

  @Test
  void nobodysFunctionIsTaggedBesideTheTagsThatItHasAndAnothersIsNot() {
    assertThat(aws.functions.ownership(HELLO, SimulatedAws.OWNER))
        .isEqualTo(new FunctionFact.Unclaimed());
    assertThat(aws.functions.claim(HELLO, SimulatedAws.OWNER)).isEqualTo(new AwsReply.Done<>(true));
    assertThat(aws.functions.ownership(HELLO, SimulatedAws.OWNER))
        .isEqualTo(new FunctionFact.Claimed());
    assertThat(tags()).containsEntry("made-by", "terraform").hasSize(4);
    Owner another = new Owner("lr-2", "shop", "hello");
    assertThat(aws.functions.ownership(HELLO, another))
        .isEqualTo(new FunctionFact.OwnedByAnother(SimulatedAws.OWNER.toString()));
    assertThat(aws.functions.claim(HELLO, another))
        .isInstanceOfSatisfying(
            AwsReply.Failed.class,
            failed -> assertThat(failed.failure().kind()).isEqualTo(AwsFailure.Kind.CONFLICT));
    assertThat(tags()).containsEntry(OwnerTags.INSTALLATION, "lr-1");
    assertThat(aws.functions.disown(HELLO, SimulatedAws.OWNER))
        .isEqualTo(new AwsReply.Done<>(true));
    assertThat(tags()).containsOnlyKeys("made-by");
    assertThat(aws.functions.ownership("nobodys", another)).isEqualTo(new FunctionFact.Absent());
  }

  @Test
  void thePolicyForShiftingOnlyAllowsExactlyWhatIsCalled() throws IOException {
    int before = aws.operations("lambda").size();
    shiftEverything();
    Set<String> called = new TreeSet<>(Set.of("lambda:ListTags"));
    aws.operations("lambda").stream()
        .skip(before)
        .map(operation -> "lambda:" + operation)
        .forEach(called::add);
    called.add("cloudwatch:DescribeAlarms");
    called.add("cloudwatch:DescribeAlarmHistory");
    assertThat(IamPolicyTest.allowedUnder("Shift only")).isEqualTo(called);
  }

  /** All calls that code.published leads to; no rule of the engine leads to another. */
  private void shiftEverything() {
    AliasPort aliases = aws.over.gateway.aliases(GatewayOverHttp.TARGET);
    VersionNumber one = new VersionNumber("1");
    VersionNumber two = new VersionNumber("2");
    AliasMark mark = new AliasMark("owner", null, null, null);
    aws.functions.newest(HELLO);
    aws.functions.claim(HELLO, SimulatedAws.OWNER);
    aliases.create(HELLO, "live", AliasTarget.only(one), mark);
    AliasFact.Present read = (AliasFact.Present) aliases.read(HELLO, "live", Urgency.SHIFT);
    AwsReply<AliasFact.Present> shifted =
        aliases.update(
            HELLO,
            "live",
            AliasTarget.split(one, two, Weight.ofPercent(10)),
            mark,
            read.revisionId(),
            Urgency.SHIFT);
    assertThat(shifted).isInstanceOf(AwsReply.Done.class);
    aws.functions.disown(HELLO, SimulatedAws.OWNER);
  }
}
