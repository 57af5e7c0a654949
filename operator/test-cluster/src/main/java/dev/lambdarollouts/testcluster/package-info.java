/**
 * A real kube-apiserver and etcd as child processes. Finds, downloads or builds the binaries,
 * starts and stops them. Knows nothing of Lambda Rollouts.
 */
@NullMarked
package dev.lambdarollouts.testcluster;

import org.jspecify.annotations.NullMarked;
