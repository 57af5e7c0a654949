package dev.lambdarollouts.controllers.kubernetes;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.crds.rollout.LambdaRollout;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;

/**
 * Takes our finalizer off a rollout. By a merge patch on what the API server has: JOSDK's own way
 * patches what its cache has, which is behind the status that was written a moment before, and
 * gives up after ten conflicts (seen with 5.2.3).
 */
final class RolloutFinalizer {
  private static final int TRIES = 5;

  private final KubernetesClient client;

  RolloutFinalizer(KubernetesClient client) {
    this.client = client;
  }

  /**
   * Takes it off; without effect where it is off, or the rollout is gone.
   *
   * @throws KubernetesClientException for whatever else goes wrong, and when somebody keeps writing
   */
  void remove(LambdaRollout rollout) {
    Resource<LambdaRollout> resource =
        client
            .resources(LambdaRollout.class)
            .inNamespace(rollout.getMetadata().getNamespace())
            .withName(rollout.getMetadata().getName());
    for (int tries = 1; ; tries++) {
      LambdaRollout now = resource.get();
      if (now == null
          || !now.getMetadata().getUid().equals(rollout.getMetadata().getUid())
          || !now.getMetadata().getFinalizers().contains(RolloutReconciler.FINALIZER)) {
        return;
      }
      try {
        resource.patch(PatchContext.of(PatchType.JSON_MERGE), patch(now).toString());
        return;
      } catch (KubernetesClientException problem) {
        if (problem.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
          return;
        }
        if (problem.getCode() != HttpURLConnection.HTTP_CONFLICT || tries == TRIES) {
          throw problem;
        }
      }
    }
  }

  private static ObjectNode patch(LambdaRollout now) {
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    ObjectNode metadata = patch.putObject("metadata");
    metadata.put("uid", now.getMetadata().getUid());
    metadata.put("resourceVersion", now.getMetadata().getResourceVersion());
    ArrayNode others = metadata.putArray("finalizers");
    now.getMetadata().getFinalizers().stream()
        .filter(name -> !name.equals(RolloutReconciler.FINALIZER))
        .forEach(others::add);
    return patch;
  }
}
