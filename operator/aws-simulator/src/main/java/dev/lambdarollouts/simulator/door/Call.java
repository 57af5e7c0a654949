package dev.lambdarollouts.simulator.door;

import org.jspecify.annotations.Nullable;

/**
 * A call that came in, and what became of it.
 *
 * @param number 1 for the first call of all
 * @param status the HTTP status that was sent; 0 when the connection was cut
 * @param errorCode the error's code; null when it succeeded
 * @param tookEffect whether the operation ran and succeeded, whatever the client was told
 * @param userAgent who called, by its User-Agent
 */
public record Call(
    long number,
    Attempt attempt,
    int status,
    @Nullable String errorCode,
    boolean tookEffect,
    String requestId,
    String userAgent) {

  public String service() {
    return attempt.service();
  }

  public String operation() {
    return attempt.operation();
  }

  public String resource() {
    return attempt.resource();
  }

  public boolean is(String service, String operation) {
    return attempt.is(service, operation);
  }

  @Override
  public String toString() {
    return number
        + " "
        + attempt.at()
        + " "
        + attempt.account()
        + "/"
        + attempt.region()
        + " "
        + attempt.service()
        + ":"
        + attempt.operation()
        + " "
        + attempt.resource()
        + " -> "
        + (status == 0 ? "cut" : status)
        + (errorCode == null ? "" : " " + errorCode);
  }
}
