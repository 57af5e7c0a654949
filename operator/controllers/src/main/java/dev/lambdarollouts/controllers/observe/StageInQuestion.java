package dev.lambdarollouts.controllers.observe;

import dev.lambdarollouts.controllers.translate.StagePlace;
import dev.lambdarollouts.engine.fact.ApprovalPolicy;
import dev.lambdarollouts.engine.fact.DesiredRelease;
import dev.lambdarollouts.engine.fact.Gates;
import dev.lambdarollouts.engine.fact.Observation;
import dev.lambdarollouts.engine.fact.OpenAction;
import dev.lambdarollouts.engine.fact.Policies;
import dev.lambdarollouts.engine.fact.Revisions;
import dev.lambdarollouts.engine.fact.StageBefore;
import dev.lambdarollouts.engine.port.FunctionDefinition;
import dev.lambdarollouts.engine.port.Owner;
import dev.lambdarollouts.engine.progress.Progress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the cluster says of one stage at one moment: all of an observation that needs no AWS.
 *
 * @param watcher names this stage of this rollout to the alarm watcher, in the whole process
 * @param name of the stage
 * @param owner whose function it is when it is ours
 * @param recorded as it stands in the status
 * @param desired what Git asks for here
 * @param definition of the desired release, absent where that is not known
 * @param place absent when not even that is known
 * @param takenOffTheList the stage goes, its rollout stays
 * @param revisions which versions are kept
 * @param approval who must agree before traffic moves here
 * @param gates what keeps traffic from moving here
 * @param policies what the specs say of things that others did or made in AWS
 * @param contest who else in the cluster means this function
 * @param elsewhere what somebody else published; absent where this operator publishes
 * @param alarmsSince by the name of a watched alarm, AWS' timestamp of the last change of its state
 *     that the status knows of
 */
public record StageInQuestion(
    String watcher,
    String name,
    Owner owner,
    Progress recorded,
    DesiredRelease desired,
    @Nullable FunctionDefinition definition,
    @Nullable StagePlace place,
    Observation.@Nullable PausedBy paused,
    Observation.Deletion deletion,
    boolean takenOffTheList,
    Contest contest,
    StageBefore before,
    List<OpenAction> actions,
    Map<String, Instant> alarmsSince,
    Revisions revisions,
    ApprovalPolicy approval,
    Gates gates,
    Policies policies,
    @Nullable Elsewhere elsewhere) {

  public StageInQuestion {
    actions = List.copyOf(actions);
    alarmsSince = Map.copyOf(alarmsSince);
  }
}
