package dev.lambdarollouts.aws;

import static dev.lambdarollouts.aws.ScriptedAws.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.engine.fact.AwsFailure.Kind;
import dev.lambdarollouts.engine.fact.FunctionFact;
import dev.lambdarollouts.engine.port.Owner;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** GetFunction's answers as AWS words them, held against what is wanted. */
class LatestReadingTest {
  private static final Owner OWNER = new Owner("lr-1", "shop", "hello");

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

  // -- whose it is

  @Test
  void aFunctionThatIsNotThereIsAbsent() {
    aws.then(ScriptedAws.error(404, "ResourceNotFoundException", "Function not found: arn"));

    assertThat(lambda.functions.read(Definitions.small().build(), OWNER))
        .isEqualTo(new FunctionFact.Absent());
  }

  @Test
  void aFunctionWithAnothersTagsIsAnothersAndIsNamedAsTakeOverNamesIt() {
    assertThat(
            read(
                Definitions.small(),
                GetFunctionJson.of(Definitions.small())
                    .tags("lr-2", "shop", "hello")
                    .with("LastUpdateStatus", "\"InProgress\"")))
        .isEqualTo(new FunctionFact.OwnedByAnother("lr-2/shop/hello"));
  }

  @Test
  void aFunctionWithoutTagsIsNobodysAndNotOurs() {
    assertThat(read(Definitions.small(), GetFunctionJson.of(Definitions.small()).untagged()))
        .isEqualTo(new FunctionFact.Unclaimed());
  }

  @Test
  void tagsThatCannotBeReadAreUnknownAndNotNobodys() {
    assertThat(
            read(
                Definitions.small(),
                GetFunctionJson.of(Definitions.small())
                    .untagged()
                    .tagsError("AccessDeniedException", "not allowed")))
        .isInstanceOfSatisfying(
            FunctionFact.Unknown.class,
            unknown -> assertThat(unknown.failure().kind()).isEqualTo(Kind.DENIED));
  }

  // -- whether it is at rest

  @ParameterizedTest
  @CsvSource({
    "State,Pending",
    "State,Deactivating",
    "State,Deleting",
    "State,ActiveNonInvocable",
    "LastUpdateStatus,InProgress"
  })
  void aFunctionThatAwsIsAtWorkOnIsSettling(String member, String value) {
    assertThat(
            read(
                Definitions.small(),
                GetFunctionJson.of(Definitions.small()).with(member, "\"" + value + "\"")))
        .isInstanceOfSatisfying(
            FunctionFact.Settling.class, settling -> assertThat(settling.what()).contains(value));
  }

  @Test
  void aCreationThatFailedSaysWhyAndWhatToDo() {
    assertThat(
            read(
                Definitions.small(),
                GetFunctionJson.of(Definitions.small())
                    .with("State", "\"Failed\"")
                    .with("StateReasonCode", "\"ImageAccessDenied\"")
                    .with("StateReason", "\"Lambda may not pull it\"")))
        .isEqualTo(
            new FunctionFact.Settling(
                "its creation failed: ImageAccessDenied: Lambda may not pull it. Delete the"
                    + " function, then it is created anew"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"State", "LastUpdateStatus"})
  void aStateFromNextYearIsUnknown(String member) {
    assertThat(
            read(
                Definitions.small(),
                GetFunctionJson.of(Definitions.small()).with(member, "\"Thawing\"")))
        .isInstanceOfSatisfying(
            FunctionFact.Unknown.class,
            unknown -> assertThat(unknown.failure().message()).contains("Thawing"));
  }

  @Test
  void anInactiveFunctionCanBeDeployed() {
    assertThat(
            read(
                Definitions.small(),
                GetFunctionJson.of(Definitions.small()).with("State", "\"Inactive\"")))
        .isInstanceOf(FunctionFact.Ready.class);
  }
}
