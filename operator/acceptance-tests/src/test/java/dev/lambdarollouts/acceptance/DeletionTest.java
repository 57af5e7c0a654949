package dev.lambdarollouts.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.acceptance.world.Manifests;
import dev.lambdarollouts.acceptance.world.StoryNamespace;
import dev.lambdarollouts.acceptance.world.World;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;

/** Everything of an application deleted at once, in any order: no finalizer stays behind. */
class DeletionTest {
  private static final String[][] ORDERS = {
    {"lro/hello", "lfn/hello", "lst/prod", "lrs/careful-canary"},
    {"lrs/careful-canary", "lst/prod", "lfn/hello", "lro/hello"},
    {"lfn/hello", "lrs/careful-canary", "lro/hello", "lst/prod"}
  };

  private final World world = World.start();
  private final StoryNamespace namespace = world.namespace();
  private final String function = world.functionName("prod");

  @AfterEach
  void end() {
    world.close();
  }

  private void canaryAtTenPercent(String more) {
    world.clients().createErrorsAlarm(function);
    namespace.apply(
        Manifests.stage("prod"),
        Manifests.strategy(),
        Manifests.function("1.0.0") + more,
        Manifests.rollout("prod"));
    world.untilPromoted("1.0.0");
    namespace.apply(Manifests.function("1.1.0") + more);
    world.passUntil("10 %", Duration.ofMinutes(5), () -> namespace.stage("weight").equals("10%"));
  }

  private void deleteAll(String... order) {
    for (String object : order) {
      namespace.kubectl("delete", object, "--wait=false");
    }
    namespace.kubectl("delete", "configmap", "hello-src-1.0.0", "hello-src-1.1.0");
    world.passUntil(
        "the end of all objects, deleted as " + String.join(", ", order),
        Duration.ofMinutes(2),
        () -> namespace.kubectl("get", "lro,lfn,lst,lrs", "-o", "name").isEmpty());
  }

  private boolean functionExists() {
    try {
      world.clients().lambda().getFunction(get -> get.functionName(function));
      return true;
    } catch (ResourceNotFoundException gone) {
      return false;
    }
  }

  @Test
  void deletedAtOnceInAnyOrderNoFinalizerStaysBehindAndUnderDeleteNothingInAws() {
    for (String[] order : ORDERS) {
      canaryAtTenPercent("  deletionPolicy: Delete\n");

      deleteAll(order);

      assertThat(functionExists()).as("deleted as " + String.join(", ", order)).isFalse();
    }
  }

  @Test
  void invariant9UnderRetainTheAliasIsOnStableAndEverythingStays() {
    canaryAtTenPercent("");

    deleteAll(ORDERS[1]);

    assertThat(world.clients().alias(function)).isEqualTo("1");
    assertThat(world.clients().versions(function)).isEqualTo(2);
  }
}
