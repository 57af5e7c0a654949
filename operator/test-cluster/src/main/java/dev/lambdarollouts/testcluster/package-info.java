/**
 * A real kube-apiserver and etcd as child processes, for tests, the demo and benchmarks. What one
 * asks of a running cluster may enter; where its binaries come from is {@code binaries}, how a
 * child process is kept is {@code process}. Knows nothing of Lambda Rollouts.
 */
@NullMarked
package dev.lambdarollouts.testcluster;

import org.jspecify.annotations.NullMarked;
