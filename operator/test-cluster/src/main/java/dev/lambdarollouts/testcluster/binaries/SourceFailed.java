package dev.lambdarollouts.testcluster.binaries;

/** Ends a source's work at any depth; the source turns it into the outcome "unavailable". */
final class SourceFailed extends Exception {

  private static final long serialVersionUID = 1L;
  private final String reason;

  SourceFailed(String reason) {
    super(reason);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }
}
