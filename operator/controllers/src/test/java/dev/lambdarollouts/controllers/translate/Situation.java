package dev.lambdarollouts.controllers.translate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.lambdarollouts.controllers.translate.ConfigSource.Lookup;
import dev.lambdarollouts.crds.function.LambdaFunction;
import dev.lambdarollouts.crds.rollout.LambdaRollout;
import dev.lambdarollouts.crds.stage.LambdaStage;
import dev.lambdarollouts.crds.strategy.RolloutStrategy;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A function on its way to one stage, prod, all of it valid; a test changes what it is about by
 * merge patches in YAML. Objects are read with the client's own mapper, as from an API server.
 */
final class Situation {
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final KubernetesSerialization CLIENT = new KubernetesSerialization();

  private final ObjectNode function;
  private final ObjectNode stage;
  private final ObjectNode rollout;
  private final ObjectNode strategy;
  private final Map<String, Lookup> configMaps = new TreeMap<>();
  private final Map<String, Lookup> secrets = new TreeMap<>();
  private final Map<String, String> credentials = new TreeMap<>();

  private Situation(String code) {
    function =
        object(
            "LambdaFunction",
            "hello",
            code + "\nrole: \"arn:aws:iam::{accountId}:role/{function}-{stage}\"");
    stage = object("LambdaStage", "prod", "{region: us-east-1, accountId: \"111122223333\"}");
    strategy = object("RolloutStrategy", "careful", "{allAtOnce: {}}");
    rollout =
        object(
            "LambdaRollout",
            "roll",
            """
            functionRef: {name: hello}
            stages:
              - stageRef: {name: prod}
                strategyRef: {name: careful}
            """);
  }

  static Situation zip() {
    return new Situation(
        """
        runtime: java25
        handler: Hello::handle
        code: {s3: {bucket: artifacts, key: hello.zip}}
        """);
  }

  static Situation image() {
    return new Situation("code: {image: {uri: 'registry/hello:1'}}");
  }

  static Situation published() {
    return new Situation("code: {published: {}}").function("{role: null}");
  }

  private static ObjectNode object(String kind, String name, String spec) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object.put("apiVersion", "lambdarollouts.dev/v1alpha1").put("kind", kind);
    object.putObject("metadata").put("name", name).put("namespace", "shop");
    object.set("spec", yaml(spec));
    return object;
  }

  static JsonNode yaml(String text) {
    try {
      return YAML.readTree(text);
    } catch (JsonProcessingException problem) {
      throw new IllegalArgumentException(text, problem);
    }
  }

  Situation function(String patch) {
    return patched(function, patch);
  }

  Situation stage(String patch) {
    return patched(stage, patch);
  }

  Situation strategy(String patch) {
    return patched(strategy, patch);
  }

  Situation rollout(String patch) {
    return patched(rollout, patch);
  }

  /** Patches the one entry of the rollout's stages. */
  Situation entry(String patch) {
    merge((ObjectNode) rollout.at("/spec/stages/0"), yaml(patch));
    return this;
  }

  private Situation patched(ObjectNode object, String patch) {
    merge((ObjectNode) object.get("spec"), yaml(patch));
    return this;
  }

  Situation names(String function, String stage) {
    name(this.function, function);
    name(this.stage, stage);
    return rollout("functionRef: {name: %s}".formatted(function))
        .entry("stageRef: {name: %s}".formatted(stage));
  }

  private static void name(ObjectNode object, String name) {
    ((ObjectNode) object.get("metadata")).put("name", name);
  }

  Situation deleting(String kind) {
    for (ObjectNode object : new ObjectNode[] {function, stage, strategy}) {
      if (object.get("kind").asText().equals(kind)) {
        ((ObjectNode) object.get("metadata")).put("deletionTimestamp", "2026-11-24T10:00:00Z");
      }
    }
    return this;
  }

  Situation configMap(String name, Map<String, String> data) {
    configMaps.put(name, found(data));
    return this;
  }

  Situation secret(String name, Map<String, String> data) {
    secrets.put(name, found(data));
    return this;
  }

  Situation secret(String name, Lookup lookup) {
    secrets.put(name, lookup);
    return this;
  }

  /** A LambdaStage, this one or another, takes its access keys from a Secret. */
  Situation credentials(String secret, String stage) {
    credentials.put(secret, stage);
    return this;
  }

  private static Lookup found(Map<String, String> data) {
    TreeMap<String, byte[]> bytes = new TreeMap<>();
    data.forEach((key, value) -> bytes.put(key, value.getBytes(StandardCharsets.UTF_8)));
    return new Lookup.Found(bytes);
  }

  /** RFC 7386: null removes, objects merge, the rest replaces. */
  private static void merge(ObjectNode target, JsonNode patch) {
    patch
        .properties()
        .forEach(
            field -> {
              JsonNode value = field.getValue();
              if (value.isNull()) {
                target.remove(field.getKey());
              } else if (value.isObject()) {
                JsonNode inner = target.get(field.getKey());
                ObjectNode merged =
                    inner instanceof ObjectNode existing ? existing : target.objectNode();
                target.set(field.getKey(), merged);
                merge(merged, value);
              } else {
                target.set(field.getKey(), value);
              }
            });
  }

  LambdaFunction function() {
    return read(function, LambdaFunction.class);
  }

  LambdaStage stage() {
    return read(stage, LambdaStage.class);
  }

  RolloutStrategy strategy() {
    return read(strategy, RolloutStrategy.class);
  }

  LambdaRollout rollout() {
    return read(rollout, LambdaRollout.class);
  }

  static <T> T read(JsonNode object, Class<T> type) {
    return CLIENT.unmarshal(object.toString(), type);
  }

  ConfigSource configs() {
    return new ConfigSource() {
      @Override
      public Lookup configMap(String name) {
        return configMaps.getOrDefault(name, new Lookup.Missing());
      }

      @Override
      public Lookup secret(String name) {
        return secrets.getOrDefault(name, new Lookup.Missing());
      }

      @Override
      public @Nullable String stageWithKeysIn(String secret) {
        return credentials.get(secret);
      }
    };
  }

  StageWanted wanted() {
    return StageTranslation.translate(rollout(), 0, function(), stage(), strategy(), configs());
  }

  StageWanted.Known known() {
    return switch (wanted()) {
      case StageWanted.Known known -> known;
      case StageWanted other -> throw new AssertionError("not known: " + other);
    };
  }

  StageWanted.Invalid invalid() {
    return switch (wanted()) {
      case StageWanted.Invalid invalid -> invalid;
      case StageWanted other -> throw new AssertionError("not invalid: " + other);
    };
  }

  StageWanted.Missing missing() {
    return switch (wanted()) {
      case StageWanted.Missing missing -> missing;
      case StageWanted other -> throw new AssertionError("not missing: " + other);
    };
  }
}
