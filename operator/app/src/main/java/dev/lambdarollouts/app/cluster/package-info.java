/**
 * What the process itself needs of its Kubernetes cluster, whatever rollouts there are: its own
 * namespace, the installation's identity, and the Lease that says whether it is the one that acts.
 * With the composition root the only place of this module that sees fabric8; custom resources do
 * not enter.
 */
@NullMarked
package dev.lambdarollouts.app.cluster;

import org.jspecify.annotations.NullMarked;
