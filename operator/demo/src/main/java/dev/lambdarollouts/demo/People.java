package dev.lambdarollouts.demo;

import dev.lambdarollouts.crds.action.ActionVerb;
import dev.lambdarollouts.crds.action.RolloutAction;
import dev.lambdarollouts.crds.action.RolloutActionStatus;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** People who steer the rollout with RolloutActions, each as the user that the cluster knows. */
final class People {
  private static final int PATIENCE_SECONDS = 20;

  private final DemoWorld world;
  private final RolloutTold rollout;

  People(DemoWorld world, RolloutTold rollout) {
    this.world = world;
    this.rollout = rollout;
  }

  /**
   * One of them asks for something, and waits for the answer.
   *
   * @param about more fields of the spec, in JSON, each followed by a comma
   * @return whether it was applied
   */
  boolean ask(String person, ActionVerb verb, String about, String reason) {
    String name =
        world.create(
            person,
            """
            {"apiVersion": "lambdarollouts.dev/v1alpha1", "kind": "RolloutAction",
             "metadata": {"generateName": "hello-"},
             "spec": {"rolloutRef": {"name": "hello"}, "action": "%s", %s
                      "requestedBy": "%s", "reason": "%s"}}
            """
                .formatted(verb, about, person, reason));
    RolloutActionStatus answer = answer(name.substring(name.indexOf('/') + 1));
    rollout.tell(
        person,
        "%s: \"%s\" -> %s%s"
            .formatted(
                verb,
                reason,
                answer.phase(),
                answer.message() == null ? "" : ": " + answer.message()));
    return answer.phase() == RolloutActionStatus.Phase.APPLIED;
  }

  private RolloutActionStatus answer(String name) {
    RolloutAction judged =
        world
            .client()
            .resources(RolloutAction.class)
            .inNamespace(DemoWorld.NAMESPACE)
            .withName(name)
            .waitUntilCondition(
                action -> action != null && action.status().isPresent(),
                PATIENCE_SECONDS,
                TimeUnit.SECONDS);
    return Objects.requireNonNull(judged).status().orElseThrow().valid().orElseThrow();
  }
}
