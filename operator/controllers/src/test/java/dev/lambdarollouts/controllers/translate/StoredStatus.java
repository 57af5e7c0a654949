package dev.lambdarollouts.controllers.translate;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.crds.common.CrdJson;
import dev.lambdarollouts.crds.rollout.LambdaRollout;
import dev.lambdarollouts.crds.rollout.StageStatus;
import java.util.List;

/** A stage's entry as it stands in a rollout that an API server gives back. */
final class StoredStatus {
  private StoredStatus() {}

  /** A rollout with these entries. */
  static LambdaRollout of(ObjectNode... entries) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object.putObject("metadata").put("name", "roll").put("namespace", "shop");
    object.putObject("status").putArray("stages").addAll(List.of(entries));
    return Situation.read(object, LambdaRollout.class);
  }

  static ObjectNode json(StageStatus status) {
    return CrdJson.MAPPER.valueToTree(status);
  }
}
