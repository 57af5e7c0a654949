package dev.lambdarollouts.simulator.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.simulator.TestAws;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.lambda.model.AliasConfiguration;
import software.amazon.awssdk.services.lambda.model.CreateAliasResponse;
import software.amazon.awssdk.services.lambda.model.GetAliasResponse;
import software.amazon.awssdk.services.lambda.model.UpdateAliasRequest;
import software.amazon.awssdk.services.lambda.model.UpdateAliasResponse;

/** Aliases with routing, as recorded from Lambda (shared/design/aws.md 1.3). */
class AliasTest {
  private final TestAws aws = new TestAws();

  @BeforeEach
  void twoVersions() {
    aws.create("hello");
    aws.lambda.publishVersion(request -> request.functionName("hello"));
    aws.release("hello", "code 2");
  }

  @AfterEach
  void stop() {
    aws.close();
  }

  @Test
  void anAliasShowsItsWeightAndLosesRoutingConfigWhenTheWeightsAreCleared() {
    create("live", "1", Map.of("2", 0.25));
    assertThat(alias("live").routingConfig().additionalVersionWeights())
        .containsExactly(Map.entry("2", 0.25));

    UpdateAliasResponse cleared =
        update(request -> request.routingConfig(r -> r.additionalVersionWeights(Map.of())));

    assertThat(cleared.routingConfig()).isNull();
    assertThat(alias("live").routingConfig()).isNull();
  }

  @Test
  void anEmptyRoutingConfigClearsTheWeightsToo() {
    create("live", "1", Map.of("2", 0.25));

    assertThat(update(request -> request.routingConfig(r -> {})).routingConfig()).isNull();
  }

  @Test
  void whatAnUpdateLeavesOutStays() {
    create("live", "1", Map.of("2", 0.25));

    UpdateAliasResponse updated = update(request -> request.description("canary"));

    assertThat(updated.functionVersion()).isEqualTo("1");
    assertThat(updated.routingConfig().additionalVersionWeights()).containsEntry("2", 0.25);
    assertThat(updated.description()).isEqualTo("canary");
  }

  @Test
  void everyUpdateChangesTheRevisionAlsoOneThatChangesNothing() {
    CreateAliasResponse created = create("live", "1", Map.of());

    UpdateAliasResponse updated = update(request -> {});

    assertThat(updated.revisionId()).isNotEqualTo(created.revisionId());
    assertThat(alias("live").revisionId()).isEqualTo(updated.revisionId());
  }

  @Test
  void promotionAndClearingAreOneCall() {
    CreateAliasResponse created = create("live", "1", Map.of("2", 0.5));

    UpdateAliasResponse promoted =
        update(
            request ->
                request
                    .functionVersion("2")
                    .routingConfig(r -> r.additionalVersionWeights(Map.of()))
                    .revisionId(created.revisionId()));

    assertThat(promoted.functionVersion()).isEqualTo("2");
    assertThat(promoted.routingConfig()).isNull();
  }

  @Test
  void weightsOfZeroAndOneAreTaken() {
    create("live", "1", Map.of("2", 0.0));
    assertThat(
            update(
                    request ->
                        request.routingConfig(r -> r.additionalVersionWeights(Map.of("2", 1.0))))
                .routingConfig()
                .additionalVersionWeights())
        .containsEntry("2", 1.0);
  }

  @Test
  void deletingAnAliasTwiceSucceeds() {
    create("live", "1", Map.of());
    for (int i = 0; i < 2; i++) {
      var response = aws.lambda.deleteAlias(request -> request.functionName("hello").name("live"));
      assertThat(response.sdkHttpResponse().statusCode()).isEqualTo(204);
    }
  }

  @Test
  void aliasesAreListedAlsoByTheirMainVersion() {
    create("a", "1", Map.of("2", 0.1));
    create("b", "2", Map.of());

    assertThat(aws.lambda.listAliases(request -> request.functionName("hello")).aliases())
        .extracting(AliasConfiguration::name)
        .containsExactly("a", "b");
    assertThat(
            aws.lambda
                .listAliases(request -> request.functionName("hello").functionVersion("2"))
                .aliases())
        .extracting(AliasConfiguration::name)
        .containsExactly("b");
  }

  @Test
  void creatingAnAliasLeavesTheRevisionsOfFunctionAndVersionAlone() {
    String latest = revision("$LATEST");
    String version = revision("1");
    create("live", "1", Map.of());

    assertThat(revision("$LATEST")).isEqualTo(latest);
    assertThat(revision("1")).isEqualTo(version);
  }

  private String revision(String qualifier) {
    return aws.lambda
        .getFunction(request -> request.functionName("hello").qualifier(qualifier))
        .configuration()
        .revisionId();
  }

  private CreateAliasResponse create(String name, String version, Map<String, Double> weights) {
    return aws.lambda.createAlias(
        request ->
            request
                .functionName("hello")
                .name(name)
                .functionVersion(version)
                .routingConfig(routing -> routing.additionalVersionWeights(weights)));
  }

  private UpdateAliasResponse update(Consumer<UpdateAliasRequest.Builder> change) {
    return aws.lambda.updateAlias(
        request -> change.accept(request.functionName("hello").name("live")));
  }

  private GetAliasResponse alias(String name) {
    return aws.lambda.getAlias(request -> request.functionName("hello").name(name));
  }
}
