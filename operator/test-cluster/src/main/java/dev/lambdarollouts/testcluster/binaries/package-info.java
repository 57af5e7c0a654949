/**
 * Where kube-apiserver, etcd and kubectl come from: the cache, a download, or a build from the Go
 * modules. New sources may enter; nothing that starts a cluster.
 */
@NullMarked
package dev.lambdarollouts.testcluster.binaries;

import org.jspecify.annotations.NullMarked;
