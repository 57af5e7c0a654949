package dev.lambdarollouts.controllers.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.crds.common.CrdJson;
import dev.lambdarollouts.crds.common.LambdaRolloutsResource;
import dev.lambdarollouts.crds.common.Parsed;
import dev.lambdarollouts.crds.common.Status;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import org.jspecify.annotations.Nullable;

/** Writes statuses: by merge patch, fenced by the resourceVersion of what was read. */
final class StatusPen {
  private static final PatchContext MERGE =
      new PatchContext.Builder()
          .withPatchType(PatchType.JSON_MERGE)
          .withFieldManager("lambda-rollouts")
          .build();

  private final KubernetesClient client;

  StatusPen(KubernetesClient client) {
    this.client = client;
  }

  /** What came of it. */
  sealed interface Outcome<R> {
    record Written<R>(R now) implements Outcome<R> {}

    record Conflict<R>() implements Outcome<R> {}

    record Gone<R>() implements Outcome<R> {}
  }

  /**
   * Writes a whole status in place of the one that was read with the object.
   *
   * @param type of the object
   * @param base as it was read
   */
  <S, T extends Status, R extends LambdaRolloutsResource<S, T>> Outcome<R> write(
      Class<R> type, R base, Parsed<T> status) {
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    patch.putObject("metadata").put("resourceVersion", base.getMetadata().getResourceVersion());
    patch.set("status", MergePatch.between(tree(base.getStatus()), tree(status)));
    try {
      return new Outcome.Written<>(
          client
              .resources(type)
              .inNamespace(base.getMetadata().getNamespace())
              .withName(base.getMetadata().getName())
              .subresource("status")
              .patch(MERGE, patch.toString()));
    } catch (KubernetesClientException refused) {
      return switch (refused.getCode()) {
        case HttpURLConnection.HTTP_CONFLICT -> new Outcome.Conflict<>();
        case HttpURLConnection.HTTP_NOT_FOUND -> new Outcome.Gone<>();
        default -> throw refused;
      };
    }
  }

  private static JsonNode tree(@Nullable Parsed<?> status) {
    return switch (status) {
      case null -> JsonNodeFactory.instance.objectNode();
      case Parsed.Valid<?> valid -> CrdJson.MAPPER.valueToTree(valid.value());
      case Parsed.Invalid<?> invalid -> invalid.raw();
    };
  }
}
