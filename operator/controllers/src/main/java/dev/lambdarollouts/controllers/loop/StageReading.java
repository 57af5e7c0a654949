package dev.lambdarollouts.controllers.loop;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lambdarollouts.controllers.translate.PlaceLookup;
import dev.lambdarollouts.controllers.translate.Recorded;
import dev.lambdarollouts.controllers.translate.StageGuards;
import dev.lambdarollouts.controllers.translate.StagePlace;
import dev.lambdarollouts.controllers.translate.StageWanted;
import dev.lambdarollouts.crds.rollout.StageStatus;
import dev.lambdarollouts.engine.fact.ApprovalPolicy;
import dev.lambdarollouts.engine.fact.Policies;
import dev.lambdarollouts.engine.port.AccessKeys;
import org.jspecify.annotations.Nullable;

/**
 * One stage of a rollout as it stands in the cluster.
 *
 * @param name of the LambdaStage
 * @param entry its entry in the status, absent when there is none or it cannot be read
 * @param broken its entry where it cannot be read: kept as it is
 * @param recorded what the entry says
 * @param wanted what Git asks for; where the stage is on its way out, only its place counts
 * @param takenOffTheList it stands in the status and no longer in the spec
 * @param approval who must agree before traffic moves here
 * @param suspended {@code spec.suspended} of the LambdaStage
 * @param guards what keeps traffic from moving there
 * @param policies what the specs say of things that others did or made in AWS
 * @param keys that its Secret holds now; absent where there is none, or none that can be used
 */
record StageReading(
    String name,
    @Nullable StageStatus entry,
    @Nullable JsonNode broken,
    Recorded recorded,
    StageWanted wanted,
    boolean takenOffTheList,
    boolean suspended,
    ApprovalPolicy approval,
    StageGuards guards,
    Policies policies,
    @Nullable AccessKeys keys) {

  /** The same stage, of which something else is wanted. */
  StageReading with(StageWanted other) {
    return new StageReading(
        name,
        entry,
        broken,
        recorded,
        other,
        takenOffTheList,
        suspended,
        approval,
        guards,
        policies,
        keys);
  }

  /** The same stage, under other policies. */
  StageReading with(Policies other) {
    return new StageReading(
        name,
        entry,
        broken,
        recorded,
        wanted,
        takenOffTheList,
        suspended,
        approval,
        guards,
        other,
        keys);
  }

  /** Where it runs, as far as the cluster says; which credentials lead there does not matter. */
  @Nullable StagePlace likelyPlace() {
    return wanted.place() != null || entry == null ? wanted.place() : PlaceLookup.of(entry, null);
  }
}
