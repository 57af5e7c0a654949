package dev.lambdarollouts.controllers.kubernetes;

import dev.lambdarollouts.controllers.cluster.ClusterWriter;
import dev.lambdarollouts.controllers.cluster.Notice;
import dev.lambdarollouts.controllers.cluster.StatusWrite;
import dev.lambdarollouts.crds.action.RolloutAction;
import dev.lambdarollouts.crds.action.RolloutActionStatus;
import dev.lambdarollouts.crds.common.CrdJson;
import dev.lambdarollouts.crds.common.Parsed;
import dev.lambdarollouts.crds.rollout.LambdaRollout;
import dev.lambdarollouts.crds.rollout.LambdaRolloutStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Objects;

/** What the loop writes, as patches. */
final class ClusterPatches implements ClusterWriter {
  private final KubernetesClient client;
  private final StatusPatch patches;
  private final EventTeller events;

  ClusterPatches(KubernetesClient client, EventTeller events) {
    this.client = client;
    this.patches = new StatusPatch(client);
    this.events = events;
  }

  @Override
  public StatusWrite writeStatus(LambdaRollout base, Parsed<LambdaRolloutStatus> status) {
    return StatusPatch.outcome(
        patches.write(
            LambdaRollout.class, base, Objects.requireNonNull(StatusPatch.tree(status)), true));
  }

  @Override
  public void writeStatus(RolloutAction action, RolloutActionStatus status) {
    patches.write(RolloutAction.class, action, CrdJson.MAPPER.valueToTree(status), false);
  }

  @Override
  public void delete(RolloutAction action) {
    client.resource(action).delete();
  }

  @Override
  public void tell(Notice notice) {
    events.tell(notice);
  }
}
