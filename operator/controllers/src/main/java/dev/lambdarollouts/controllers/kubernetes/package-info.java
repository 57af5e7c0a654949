/**
 * The cluster as JOSDK and fabric8 give it: informers behind {@link
 * dev.lambdarollouts.controllers.cluster.ClusterView}, patches behind {@link
 * dev.lambdarollouts.controllers.cluster.ClusterWriter}, and reconcilers that only pass on. Nothing
 * is decided here.
 */
@NullMarked
package dev.lambdarollouts.controllers.kubernetes;

import org.jspecify.annotations.NullMarked;
