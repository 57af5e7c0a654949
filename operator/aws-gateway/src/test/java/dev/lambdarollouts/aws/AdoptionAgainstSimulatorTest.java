package dev.lambdarollouts.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.engine.fact.AwsFailure;
import dev.lambdarollouts.engine.fact.Custody;
import dev.lambdarollouts.engine.fact.LatestTraffic;
import dev.lambdarollouts.engine.fact.VersionNumber;
import dev.lambdarollouts.engine.port.AwsReply;
import dev.lambdarollouts.engine.port.Owner;
import dev.lambdarollouts.simulator.door.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.lambda.model.FunctionUrlAuthType;

/** A function that somebody else made, against the simulator. */
class AdoptionAgainstSimulatorTest {
  private static final String NAME = "hello-dev";
  private static final String ARN = "arn:aws:lambda:us-east-1:111122223333:function:" + NAME;

  private final SimulatedAws aws = new SimulatedAws();

  @BeforeEach
  void somebodyMakesIt() {
    aws.deployAll(Definitions.small().build());
    aws.functions.disown(NAME, SimulatedAws.OWNER);
    aws.somebody.publishVersion(publish -> publish.functionName(NAME));
    aws.time.advance(Duration.ofSeconds(10));
    aws.somebody.createAlias(
        create -> create.functionName(NAME).name("live").functionVersion("$LATEST"));
  }

  @AfterEach
  void close() {
    aws.close();
  }

  @Test
  void nothingReachesLatestButTheStagesOwnAlias() {
    assertThat(aws.functions.latestTraffic(NAME, "live"))
        .isEqualTo(new LatestTraffic.Seen(List.of(), false, null));
  }

  @Test
  void everyEntranceWithoutQualifierIsNamedAndNoneWithOne() {
    for (String qualifier : new String[] {null, "live"}) {
      aws.somebody.createFunctionUrlConfig(
          url -> url.functionName(NAME).qualifier(qualifier).authType(FunctionUrlAuthType.AWS_IAM));
      aws.somebody.addPermission(
          add ->
              add.functionName(NAME)
                  .qualifier(qualifier)
                  .statementId("s3")
                  .action("lambda:InvokeFunction")
                  .principal("s3.amazonaws.com"));
      String name = qualifier == null ? NAME : NAME + ":" + qualifier;
      aws.somebody.createEventSourceMapping(
          map ->
              map.functionName(name)
                  .eventSourceArn("arn:aws:sqs:us-east-1:111122223333:orders-" + qualifier));
    }
    aws.somebody.createAlias(
        create -> create.functionName(NAME).name("old").functionVersion("$LATEST"));
    aws.somebody.createAlias(create -> create.functionName(NAME).name("one").functionVersion("1"));

    LatestTraffic.Seen seen = (LatestTraffic.Seen) aws.functions.latestTraffic(NAME, "live");

    assertThat(seen.entrances()).hasSize(4);
    assertThat(String.join(", ", seen.entrances()))
        .contains("alias old", "event source mapping ", "function URL", "permissions");
  }

  @Test
  void provisionedConcurrencyOnTheAliasIsSeen() {
    aws.somebody.updateAlias(update -> update.functionName(NAME).name("live").functionVersion("1"));
    aws.somebody.putProvisionedConcurrencyConfig(
        put -> put.functionName(NAME).qualifier("live").provisionedConcurrentExecutions(1));

    assertThat(aws.functions.latestTraffic(NAME, "live"))
        .isEqualTo(new LatestTraffic.Seen(List.of(), true, null));
  }

  @Test
  void nobodysIsAdoptedOnceAndNeverCountsAsCreated() {
    for (int twice = 0; twice < 2; twice++) {
      assertThat(aws.functions.claim(NAME, SimulatedAws.OWNER))
          .isEqualTo(new AwsReply.Done<>(true));
    }
    assertThat(aws.functions.custody(NAME, SimulatedAws.OWNER)).isEqualTo(new Custody.Ours(false));
    assertThat(aws.functions.claim(NAME, new Owner("lr-1", "shop", "other")))
        .isInstanceOfSatisfying(
            AwsReply.Failed.class,
            failed -> assertThat(failed.failure().kind()).isEqualTo(AwsFailure.Kind.CONFLICT));
  }

  @Test
  void tagsOfCloudFormationBesideOursDoNoHarm() {
    Map<String, String> theirs =
        Map.of(
            "aws:cloudformation:stack-name", "shop",
            "aws:cloudformation:logical-id", "Hello",
            "aws:cloudformation:stack-id",
                "arn:aws:cloudformation:us-east-1:111122223333:stack/shop/51af3dc0");
    aws.simulator.lambda().tagAsAwsItself(ARN, theirs);
    aws.simulator.calls().clear();

    assertThat(aws.functions.claim(NAME, SimulatedAws.OWNER)).isEqualTo(new AwsReply.Done<>(true));
    assertThat(aws.functions.custody(NAME, SimulatedAws.OWNER)).isEqualTo(new Custody.Ours(false));
    Definitions next = Definitions.small();
    next.memorySize = 512;
    aws.deployAll(next.build());
    assertThat(tags())
        .containsAllEntriesOf(theirs)
        .containsAllEntriesOf(OwnerTags.of(SimulatedAws.OWNER));
    aws.functions.disown(NAME, SimulatedAws.OWNER);

    assertThat(tags()).isEqualTo(theirs);
    assertThat(aws.simulator.calls().of("lambda"))
        .as("AWS refuses a change of tags that are its own")
        .allSatisfy(call -> assertThat(call.status()).isLessThan(300));
  }

  private Map<String, String> tags() {
    return aws.somebody.listTags(list -> list.resource(ARN)).tags();
  }

  @Test
  void whereTagsMayNotBeListedNobodysIsNotTakenAtItsWord() {
    aws.simulator.faults().once("lambda", "ListTags", Fault.accessDenied());

    assertThat(aws.functions.claim(NAME, SimulatedAws.OWNER))
        .isInstanceOfSatisfying(
            AwsReply.Failed.class,
            failed -> assertThat(failed.failure().kind()).isEqualTo(AwsFailure.Kind.DENIED));
    assertThat(aws.simulator.calls().of("lambda", "TagResource")).isEmpty();
  }

  @Test
  void latestIsPublishedAsItIsAndNotTwice() {
    aws.somebody.updateFunctionConfiguration(update -> update.functionName(NAME).timeout(7));
    aws.time.advance(Duration.ofSeconds(10));

    for (int twice = 0; twice < 2; twice++) {
      assertThat(aws.functions.publishLatest(NAME))
          .isEqualTo(new AwsReply.Done<>(new VersionNumber("2")));
    }
  }
}
