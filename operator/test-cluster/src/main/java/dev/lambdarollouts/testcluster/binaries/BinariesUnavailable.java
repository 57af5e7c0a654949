package dev.lambdarollouts.testcluster.binaries;

/** There is no kube-apiserver to start, and the message says what to do about it. */
public final class BinariesUnavailable extends RuntimeException {

  private static final long serialVersionUID = 1L;

  BinariesUnavailable(String message) {
    super(message);
  }
}
