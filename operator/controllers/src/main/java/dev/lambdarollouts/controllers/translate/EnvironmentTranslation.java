package dev.lambdarollouts.controllers.translate;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.lambdarollouts.controllers.translate.ConfigSource.Lookup;
import dev.lambdarollouts.crds.common.CrdJson;
import dev.lambdarollouts.crds.common.ObjectRef;
import dev.lambdarollouts.crds.function.EnvironmentSource;
import dev.lambdarollouts.crds.function.FunctionConfiguration;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A function's environment: what ConfigMaps and Secrets give, later ones winning, and over it what
 * is written out, merged from function to stage to rollout. No finding ever shows a value.
 */
final class EnvironmentTranslation {
  private final Texts texts;
  private final ConfigSource configs;
  private final Findings findings;
  private final SortedMap<String, String> environment = new TreeMap<>();

  EnvironmentTranslation(Texts texts, ConfigSource configs, Findings findings) {
    this.texts = texts;
    this.configs = configs;
    this.findings = findings;
  }

  SortedMap<String, String> translate(ConfigurationLayers layers) {
    Sourced<List<EnvironmentSource>> sources =
        layers.strongest("environmentFrom", FunctionConfiguration::environmentFrom);
    if (sources != null) {
      for (int index = 0; index < sources.value().size(); index++) {
        add(sources.value().get(index), sources.at().at(index));
      }
    }
    FieldPath last = layers.function().at("environment");
    for (Sourced<Map<String, String>> written :
        layers.weakestFirst("environment", FunctionConfiguration::environment)) {
      written
          .value()
          .forEach((name, value) -> put(name, value, written.at().at(name), "found " + name));
      last = written.at();
    }
    int bytes = measure();
    if (bytes > AwsLimits.ENVIRONMENT_BYTES) {
      findings.invalid(
          last,
          "the whole environment, with environmentFrom and overrides, is "
              + bytes
              + " bytes as JSON; AWS takes 4096: keep large values elsewhere");
    }
    return environment;
  }

  private void add(EnvironmentSource source, FieldPath at) {
    ObjectRef configMap = source.configMapRef();
    ObjectRef secret = source.secretRef();
    if ((configMap == null) == (secret == null)) {
      findings.invalid(at, "give exactly one of secretRef and configMapRef");
    } else if (configMap != null) {
      add("ConfigMap", configMap.name(), configs.configMap(configMap.name()), at);
    } else if (secret != null) {
      addSecret(secret.name(), at);
    }
  }

  private void addSecret(String name, FieldPath at) {
    Lookup lookup = configs.secret(name);
    String withheld = WithheldSecret.why(name, lookup, configs.stageWithKeysIn(name));
    if (withheld == null) {
      add("Secret", name, lookup, at);
    } else {
      findings.invalid(at, withheld);
    }
  }

  private void add(String kind, String name, Lookup lookup, FieldPath at) {
    switch (lookup) {
      case Lookup.Found(var data) -> data.forEach((key, value) -> add(kind, name, key, value, at));
      case Lookup.Missing() -> findings.missing(Texts.doesNotExist(kind, name, at));
      case Lookup.NotAllowed(String setting) ->
          findings.invalid(at, texts.notAllowed(kind, name, setting));
    }
  }

  private void add(String kind, String object, String key, byte[] value, FieldPath at) {
    String text = decode(value);
    if (text == null) {
      findings.invalid(
          at, kind + " " + object + ", key " + key + ": is no UTF-8 text: remove the key");
    } else {
      put(key, text, at, kind + " " + object + " has the key " + key);
    }
  }

  private void put(String name, String value, FieldPath at, String found) {
    if (!AwsLimits.ENVIRONMENT_NAME.matcher(name).matches()) {
      findings.invalid(
          at,
          found
              + "; the name of an environment variable starts with a letter and holds at least two"
              + " letters, digits or _: rename it");
    } else if (AwsLimits.RESERVED_ENVIRONMENT.contains(name)) {
      findings.invalid(at, found + ", which Lambda sets itself: rename or remove it");
    }
    environment.put(name, value);
  }

  private static @Nullable String decode(byte[] value) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString();
    } catch (CharacterCodingException notText) {
      return null;
    }
  }

  private int measure() {
    try {
      return environment.isEmpty() ? 0 : CrdJson.MAPPER.writeValueAsBytes(environment).length;
    } catch (JsonProcessingException stringsAlwaysCan) {
      throw new IllegalStateException(stringsAlwaysCan);
    }
  }
}
