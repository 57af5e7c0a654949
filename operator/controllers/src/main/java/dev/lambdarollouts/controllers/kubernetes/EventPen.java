package dev.lambdarollouts.controllers.kubernetes;

import dev.lambdarollouts.controllers.cluster.Notice;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes Events. The name of each follows from what it tells, so that the API server itself refuses
 * the second of the same.
 */
final class EventPen {
  private static final Logger LOG = LoggerFactory.getLogger(EventPen.class);
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  /** events.k8s.io/v1, Event: note is at most 1 kB. */
  private static final int LONGEST_NOTE = 1000;

  private final KubernetesClient client;
  private final String instance;

  /**
   * @param instance which process tells, like the pod's name
   */
  EventPen(KubernetesClient client, String instance) {
    this.client = client;
    this.instance = instance;
  }

  /** Tells; what cannot be told is logged. */
  void tell(Notice notice) {
    try {
      client.events().v1().events().resource(event(notice)).create();
    } catch (KubernetesClientException refused) {
      if (refused.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        LOG.warn(
            "an Event could not be written: {}: {}", notice.reason(), notice.message(), refused);
      }
    }
  }

  private Event event(Notice notice) {
    var about = notice.about().getMetadata();
    String identity = about.getUid() + "/" + notice.identity();
    String name =
        about.getName()
            + "."
            + UUID.nameUUIDFromBytes(identity.getBytes(StandardCharsets.UTF_8))
                .toString()
                .replace("-", "")
                .substring(0, 16);
    return new EventBuilder()
        .withNewMetadata()
        .withName(name)
        .withNamespace(about.getNamespace())
        .endMetadata()
        .withEventTime(new MicroTime(MICROS.format(notice.at())))
        .withReportingController("lambdarollouts.dev/operator")
        .withReportingInstance(instance)
        .withAction(notice.reason())
        .withReason(notice.reason())
        .withNote(
            notice.message().length() <= LONGEST_NOTE
                ? notice.message()
                : notice.message().substring(0, LONGEST_NOTE))
        .withType(notice.warning() ? "Warning" : "Normal")
        .withRegarding(
            new ObjectReferenceBuilder()
                .withApiVersion(notice.about().getApiVersion())
                .withKind(notice.about().getKind())
                .withNamespace(about.getNamespace())
                .withName(about.getName())
                .withUid(about.getUid())
                .build())
        .build();
  }
}
