package dev.lambdarollouts.testcluster.binaries;

/**
 * The release that is looked for: 1.34 or newer, for the CEL library that the CRDs use.
 *
 * @param kubernetes the version of kube-apiserver and kubectl, without {@code v}
 * @param etcd the version of etcd, without {@code v}
 */
record BinaryRelease(String kubernetes, String etcd) {

  static final BinaryRelease CURRENT = new BinaryRelease("1.35.4", "3.6.16");

  /** Major and minor: what decides about the API. A patch release more or less does as well. */
  String minor() {
    return kubernetes.substring(0, kubernetes.lastIndexOf('.'));
  }
}
