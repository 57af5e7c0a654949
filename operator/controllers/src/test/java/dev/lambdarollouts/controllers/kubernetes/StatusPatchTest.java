package dev.lambdarollouts.controllers.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.lambdarollouts.crds.stage.LambdaStage;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;

class StatusPatchTest {

  private static JsonNode emptied(String status) {
    LambdaStage stage =
        Serialization.unmarshal(
            """
            apiVersion: lambdarollouts.dev/v1alpha1
            kind: LambdaStage
            metadata: {name: prod, namespace: shop, uid: 1-2, resourceVersion: "7"}
            spec: {region: us-east-1, alias: live}
            status: %s
            """
                .formatted(status),
            LambdaStage.class);
    return StatusPatch.patch(stage, JsonNodeFactory.instance.objectNode(), true);
  }

  @Test
  void whatIsToGoIsNamed() {
    assertThat(emptied("{observedGeneration: 1}"))
        .hasToString(
            "{\"metadata\":{\"uid\":\"1-2\",\"resourceVersion\":\"7\"},"
                + "\"status\":{\"observedGeneration\":null}}");
  }

  @Test
  void whatANewerOperatorWroteStays() {
    assertThat(
            emptied("{observedGeneration: 1, fromNextYear: 7}").path("status").has("fromNextYear"))
        .isFalse();
  }
}
