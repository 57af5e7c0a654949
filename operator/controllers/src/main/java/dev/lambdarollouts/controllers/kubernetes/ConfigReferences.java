package dev.lambdarollouts.controllers.kubernetes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lambdarollouts.crds.common.CrdJson;
import dev.lambdarollouts.crds.common.LambdaRolloutsResource;
import dev.lambdarollouts.crds.common.Parsed;
import java.util.Set;
import java.util.TreeSet;

/**
 * The ConfigMaps and Secrets that an object names, wherever in its spec and however wrong the rest
 * of it is.
 */
final class ConfigReferences {
  private ConfigReferences() {}

  /** Names of ConfigMaps. */
  static Set<String> configMaps(LambdaRolloutsResource<?, ?> object) {
    Set<String> names = new TreeSet<>();
    for (String field : Set.of("configMap", "configMapRef")) {
      collect(tree(object.spec()), field, names);
    }
    return names;
  }

  /** Names of Secrets. */
  static Set<String> secrets(LambdaRolloutsResource<?, ?> object) {
    Set<String> names = new TreeSet<>();
    collect(tree(object.spec()), "secretRef", names);
    return names;
  }

  private static void collect(JsonNode spec, String field, Set<String> names) {
    spec.findValues(field).stream()
        .map(reference -> reference.path("name"))
        .filter(JsonNode::isTextual)
        .forEach(name -> names.add(name.textValue()));
  }

  private static JsonNode tree(Parsed<?> spec) {
    return switch (spec) {
      case Parsed.Valid<?> valid -> CrdJson.MAPPER.valueToTree(valid.value());
      case Parsed.Invalid<?> invalid -> invalid.raw();
    };
  }
}
