package dev.lambdarollouts.controllers.translate;

import dev.lambdarollouts.crds.common.ObjectRef;
import dev.lambdarollouts.crds.common.Parsed;
import dev.lambdarollouts.crds.function.EnvironmentSource;
import dev.lambdarollouts.crds.function.FunctionCode;
import dev.lambdarollouts.crds.function.FunctionConfiguration;
import dev.lambdarollouts.crds.function.FunctionOverrides;
import dev.lambdarollouts.crds.function.LambdaFunction;
import dev.lambdarollouts.crds.rollout.LambdaRollout;
import dev.lambdarollouts.crds.rollout.RolloutStage;
import dev.lambdarollouts.crds.stage.Credentials;
import dev.lambdarollouts.crds.stage.LambdaStage;
import dev.lambdarollouts.crds.stage.LambdaStageSpec;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The ConfigMaps and Secrets that an object names: a change of one of them changes what is wanted.
 * An object that cannot be read names none: only its own change makes it say something.
 */
public record ConfigReferences(Set<String> configMaps, Set<String> secrets) {

  public ConfigReferences {
    configMaps = Set.copyOf(configMaps);
    secrets = Set.copyOf(secrets);
  }

  /** Those of a function's code and environment. */
  public static ConfigReferences of(LambdaFunction function) {
    Collector found = new Collector();
    function.spec().valid().ifPresent(spec -> found.add(spec, spec.code()));
    return found.references();
  }

  /** Those of a stage's overrides, and the Secret with its access keys. */
  public static ConfigReferences of(LambdaStage stage) {
    Collector found = new Collector();
    stage
        .spec()
        .valid()
        .ifPresent(
            spec -> {
              found.add(spec.overrides());
              if (spec.credentials() != null) {
                Collector.add(found.secrets, spec.credentials().secretRef());
              }
            });
    return found.references();
  }

  /**
   * The Secret that a stage takes its access keys from, however wrong the rest of it is; absent
   * where it names none.
   */
  public static @Nullable String accessKeys(LambdaStage stage) {
    return switch (stage.spec()) {
      case Parsed.Valid<LambdaStageSpec> valid -> name(valid.value().credentials());
      case Parsed.Invalid<LambdaStageSpec> invalid ->
          invalid.raw().at("/credentials/secretRef/name").textValue();
    };
  }

  private static @Nullable String name(@Nullable Credentials credentials) {
    return credentials == null || credentials.secretRef() == null
        ? null
        : credentials.secretRef().name();
  }

  /** Those of the overrides in a rollout's stages. */
  public static ConfigReferences of(LambdaRollout rollout) {
    Collector found = new Collector();
    rollout
        .spec()
        .valid()
        .ifPresent(spec -> spec.stages().stream().map(RolloutStage::overrides).forEach(found::add));
    return found.references();
  }

  private static final class Collector {
    private final Set<String> configMaps = new TreeSet<>();
    private final Set<String> secrets = new TreeSet<>();

    void add(@Nullable FunctionOverrides overrides) {
      if (overrides != null) {
        add(overrides, overrides.code());
      }
    }

    void add(FunctionConfiguration fields, @Nullable FunctionCode code) {
      if (code != null) {
        add(configMaps, code.configMap());
      }
      if (fields.environmentFrom() != null) {
        for (EnvironmentSource source : fields.environmentFrom()) {
          add(configMaps, source.configMapRef());
          add(secrets, source.secretRef());
        }
      }
    }

    private static void add(Set<String> names, @Nullable ObjectRef ref) {
      if (ref != null) {
        names.add(ref.name());
      }
    }

    ConfigReferences references() {
      return new ConfigReferences(configMaps, secrets);
    }
  }
}
