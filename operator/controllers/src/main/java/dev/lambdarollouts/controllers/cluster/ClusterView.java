package dev.lambdarollouts.controllers.cluster;

import dev.lambdarollouts.controllers.translate.ConfigSource;
import dev.lambdarollouts.crds.action.RolloutAction;
import dev.lambdarollouts.crds.function.LambdaFunction;
import dev.lambdarollouts.crds.rollout.LambdaRollout;
import dev.lambdarollouts.crds.stage.LambdaStage;
import dev.lambdarollouts.crds.strategy.RolloutStrategy;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the loop reads. All of it comes from caches, which may be behind, but {@link #fetch}: what
 * must not be behind is the rollout's own status, the operator's memory.
 */
public interface ClusterView {

  /** The rollout as it stands in the API server now; absent when it is gone. */
  @Nullable LambdaRollout fetch(ObjectKey rollout);

  /** Every rollout of the namespaces that are watched. */
  Collection<LambdaRollout> rollouts();

  /** The function of that name; absent when there is none. */
  @Nullable LambdaFunction function(ObjectKey function);

  /** The stage of that name; absent when there is none. */
  @Nullable LambdaStage stage(ObjectKey stage);

  /** The strategy of that name; absent when there is none. */
  @Nullable RolloutStrategy strategy(ObjectKey strategy);

  /** ConfigMaps and Secrets of a namespace. */
  ConfigSource configs(String namespace);

  /** Every action that names the rollout, judged or not. */
  List<RolloutAction> actions(ObjectKey rollout);
}
