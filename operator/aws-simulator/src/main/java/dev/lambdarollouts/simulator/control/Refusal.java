package dev.lambdarollouts.simulator.control;

/** A request to the control API that cannot be done, with what is wrong with it. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;

  private Refusal(int status, String message) {
    super(message, null, false, false);
    this.status = status;
  }

  static Refusal badRequest(String message) {
    return new Refusal(400, message);
  }

  static Refusal notFound(String message) {
    return new Refusal(404, message);
  }

  static Refusal conflict(String message) {
    return new Refusal(409, message);
  }

  int status() {
    return status;
  }
}
