/**
 * The cluster as JOSDK and fabric8 give it: informers behind {@link
 * dev.lambdarollouts.controllers.cluster.ClusterView}, patches behind {@link
 * dev.lambdarollouts.controllers.cluster.ClusterWriter}, and the reconcilers. That of the rollouts
 * passes on to the loop. Those of what rollouts name say whether it can be used ({@code Readiness},
 * of a stage {@code StageStanding}, which asks AWS) and keep it until no rollout names it; that of
 * the actions refuses one without a rollout. Nothing about a rollout is decided here.
 */
@NullMarked
package dev.lambdarollouts.controllers.kubernetes;

import org.jspecify.annotations.NullMarked;
