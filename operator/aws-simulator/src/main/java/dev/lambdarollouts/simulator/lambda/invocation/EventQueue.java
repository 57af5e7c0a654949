package dev.lambdarollouts.simulator.lambda.invocation;

import dev.lambdarollouts.simulator.lambda.function.EventInvokeConfig;
import dev.lambdarollouts.simulator.lambda.function.FunctionReference;
import dev.lambdarollouts.simulator.protocol.AwsError;
import dev.lambdarollouts.simulator.service.Location;
import dev.lambdarollouts.simulator.time.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Asynchronous invocations. A function that fails is tried again after one minute and after two
 * more, as often as the function's event invoke config says; an event that is throttled waits, in
 * steps that double up to five minutes, until it is too old. Destinations and dead letter queues
 * are other services: nothing is delivered to them.
 */
final class EventQueue {
  private static final List<Duration> RETRIES =
      List.of(Duration.ofMinutes(1), Duration.ofMinutes(2));
  private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);
  private static final Duration USUAL_AGE = Duration.ofHours(6);

  private final Timeline timeline;
  private final Invoker invoker;

  EventQueue(Timeline timeline, Invoker invoker) {
    this.timeline = timeline;
    this.invoker = invoker;
  }

  /**
   * An event.
   *
   * @param since when it came
   */
  @SuppressWarnings(
      "ArrayRecordComponent") // bytes are handed on as they are: never changed, never compared
  record Event(
      Location location,
      FunctionReference reference,
      byte[] payload,
      String requestId,
      Instant since) {}

  void accept(Event event) {
    later(event, event.since, 0, FIRST_WAIT);
  }

  private void later(Event event, Instant when, int failures, Duration wait) {
    timeline.schedule(when, at -> attempt(event, at, failures, wait));
  }

  private void attempt(Event event, Instant at, int failures, Duration wait) {
    EventInvokeConfig config = invoker.eventInvokeConfig(event.location, event.reference);
    Integer age = config == null ? null : config.ageSeconds();
    if (at.isAfter(event.since.plus(age == null ? USUAL_AGE : Duration.ofSeconds(age)))) {
      return;
    }
    try {
      Invoker.Target target = invoker.aim(event.location, event.reference, at);
      Integer reserved = target.function().reservedConcurrency();
      if (reserved != null && reserved == 0) {
        return;
      }
      Invoker.Run run =
          invoker.run(target, event.payload, event.requestId, at, Invoker.Waiting.NOBODY);
      Integer retries = config == null ? null : config.retries();
      if (!run.outcome().succeeded() && failures < (retries == null ? RETRIES.size() : retries)) {
        later(event, at.plus(RETRIES.get(failures)), failures + 1, FIRST_WAIT);
      }
    } catch (AwsError e) {
      if (e.status() == 429 || e.status() == 409) {
        Duration doubled = wait.multipliedBy(2);
        later(
            event,
            at.plus(wait),
            failures,
            doubled.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : doubled);
      }
    }
  }
}
