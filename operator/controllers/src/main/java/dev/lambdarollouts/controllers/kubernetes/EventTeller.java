package dev.lambdarollouts.controllers.kubernetes;

import dev.lambdarollouts.controllers.cluster.Notice;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells people by Events, one after the other and beside the reconciles: no rollback waits for one.
 * An Event's name is made of what happened, so that the same is never told twice; where the queue
 * is full the oldest waits no longer.
 */
final class EventTeller implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EventTeller.class);

  /** Some minutes of the busiest installation; what is told then stands in the status anyway. */
  private static final int QUEUE = 10_000;

  /** Kubernetes' own limit for an Event's message. */
  private static final int MESSAGE = 1_024;

  private static final String COMPONENT = "lambda-rollouts";

  private final KubernetesClient client;
  private final ThreadPoolExecutor thread =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(QUEUE),
          Thread.ofVirtual().name("events").factory(),
          new ThreadPoolExecutor.DiscardOldestPolicy());

  EventTeller(KubernetesClient client) {
    this.client = client;
  }

  void tell(Notice notice) {
    thread.execute(() -> create(event(notice)));
  }

  private void create(Event event) {
    try {
      client.resource(event).create();
    } catch (KubernetesClientException problem) {
      if (problem.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        LOG.warn("could not tell of {}: {}", event.getReason(), problem.getMessage());
      }
    }
  }

  private static Event event(Notice notice) {
    var about = notice.about().getMetadata();
    String at = notice.at().toString();
    String message = notice.message();
    return new EventBuilder()
        .withNewMetadata()
        .withNamespace(about.getNamespace())
        .withName(name(about.getName(), about.getUid() + notice.identity()))
        .endMetadata()
        .withNewInvolvedObject()
        .withApiVersion(notice.about().getApiVersion())
        .withKind(notice.about().getKind())
        .withNamespace(about.getNamespace())
        .withName(about.getName())
        .withUid(about.getUid())
        .endInvolvedObject()
        .withType(notice.warning() ? "Warning" : "Normal")
        .withReason(notice.reason())
        .withMessage(message.length() > MESSAGE ? message.substring(0, MESSAGE) : message)
        .withFirstTimestamp(at)
        .withLastTimestamp(at)
        .withCount(1)
        .withNewSource()
        .withComponent(COMPONENT)
        .endSource()
        .withReportingComponent(COMPONENT)
        .withReportingInstance(COMPONENT)
        .build();
  }

  /** At most 253 characters: a name is cut, the rest tells happenings apart. */
  private static String name(String rollout, String identity) {
    String start = rollout.length() > 200 ? rollout.substring(0, 200) : rollout;
    return start + "." + UUID.nameUUIDFromBytes(identity.getBytes(StandardCharsets.UTF_8));
  }

  /** Gives what is still to be told a moment. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(1, TimeUnit.SECONDS)) {
        thread.shutdownNow();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      thread.shutdownNow();
    }
  }
}
