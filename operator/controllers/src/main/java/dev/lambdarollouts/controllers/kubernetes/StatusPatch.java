package dev.lambdarollouts.controllers.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.controllers.cluster.StatusWrite;
import dev.lambdarollouts.crds.common.CrdJson;
import dev.lambdarollouts.crds.common.LambdaRolloutsResource;
import dev.lambdarollouts.crds.common.Parsed;
import dev.lambdarollouts.crds.rollout.LambdaRollout;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Replaces a status by a merge patch: a server-side apply fails on a stored spec of a wrong type, a
 * merge patch does not (seen on kube-apiserver 1.35.4). Top-level fields that are to go are named,
 * those that this version knows; everything below is replaced whole, since a merge patch replaces
 * lists.
 */
final class StatusPatch {
  private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

  private final KubernetesClient client;

  StatusPatch(KubernetesClient client) {
    this.client = client;
  }

  /** What became of it; {@code now} is the object in the API server's reply. */
  sealed interface Result<R> {
    record Written<R>(R now) implements Result<R> {}

    record Conflict<R>() implements Result<R> {}

    record Gone<R>() implements Result<R> {}
  }

  /**
   * Writes it.
   *
   * @param base as it was read
   * @param fenced refused when anything of the object changed since
   * @throws KubernetesClientException for whatever is neither a conflict nor gone
   */
  <R extends LambdaRolloutsResource<?, ?>> Result<R> write(
      Class<R> type, R base, JsonNode status, boolean fenced) {
    ObjectNode patch = patch(base, status, fenced);
    try {
      return new Result.Written<>(
          client
              .resources(type)
              .inNamespace(base.getMetadata().getNamespace())
              .withName(base.getMetadata().getName())
              .subresource("status")
              .patch(MERGE, patch.toString()));
    } catch (KubernetesClientException problem) {
      return switch (problem.getCode()) {
        case HttpURLConnection.HTTP_CONFLICT -> new Result.Conflict<>();
        case HttpURLConnection.HTTP_NOT_FOUND -> new Result.Gone<>();
        default -> throw problem;
      };
    }
  }

  /** What is sent. */
  static ObjectNode patch(LambdaRolloutsResource<?, ?> base, JsonNode status, boolean fenced) {
    ObjectNode patch = JsonNodeFactory.instance.objectNode();
    ObjectNode metadata = patch.putObject("metadata");
    metadata.put("uid", base.getMetadata().getUid());
    if (fenced) {
      metadata.put("resourceVersion", base.getMetadata().getResourceVersion());
    }
    patch.set("status", withRemovals(tree(base.status().orElse(null)), status));
    return patch;
  }

  /** For {@link dev.lambdarollouts.controllers.cluster.ClusterWriter}. */
  static StatusWrite outcome(Result<LambdaRollout> result) {
    return switch (result) {
      case Result.Written<LambdaRollout> written -> new StatusWrite.Written(written.now());
      case Result.Conflict<LambdaRollout> conflict -> new StatusWrite.Conflict();
      case Result.Gone<LambdaRollout> gone -> new StatusWrite.Gone();
    };
  }

  /**
   * A status as a tree; absent where there is none. Without what this version does not know: a
   * newer operator wrote that, and it stays.
   */
  static @Nullable JsonNode tree(@Nullable Parsed<?> status) {
    return switch (status) {
      case null -> null;
      case Parsed.Valid<?> valid -> CrdJson.MAPPER.valueToTree(valid.value());
      case Parsed.Invalid<?> invalid -> invalid.raw();
    };
  }

  private static JsonNode withRemovals(@Nullable JsonNode before, JsonNode status) {
    if (before == null || !status.isObject()) {
      return status;
    }
    ObjectNode whole = status.deepCopy();
    for (Iterator<String> names = before.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!whole.has(name)) {
        whole.putNull(name);
      }
    }
    return whole;
  }
}
