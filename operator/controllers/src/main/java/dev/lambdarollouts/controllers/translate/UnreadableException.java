package dev.lambdarollouts.controllers.translate;

/** A status that says something that is not understood; becomes {@link Recorded.Unreadable}. */
final class UnreadableException extends Exception {
  private final String field;
  private final String problem;

  UnreadableException(String field, String problem) {
    super(field + ": " + problem);
    this.field = field;
    this.problem = problem;
  }

  Recorded.Unreadable recorded() {
    return new Recorded.Unreadable(field, problem);
  }
}
