package dev.lambdarollouts.controllers.translate;

import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** ConfigMaps and Secrets of the rollout's own namespace, as they are now. */
public interface ConfigSource {

  /** What a ConfigMap holds. */
  Lookup configMap(String name);

  /** What a Secret holds, where the installation lets it be read. */
  Lookup secret(String name);

  /** The LambdaStage that takes its access keys from a Secret; absent where none does. */
  @Nullable String stageWithKeysIn(String secret);

  /** What came of looking. */
  sealed interface Lookup {

    /**
     * It is there.
     *
     * @param data by key; may be secret
     */
    record Found(SortedMap<String, byte[]> data) implements Lookup {
      /** Without the values, which may be secret. */
      @Override
      public String toString() {
        return "Found" + data.keySet();
      }
    }

    /** There is none of this name, or it is going away. */
    record Missing() implements Lookup {}

    /**
     * The installation does not let it be read.
     *
     * @param setting that would: {@code lambda-rollouts.secrets-namespaces}
     */
    record NotAllowed(String setting) implements Lookup {}
  }
}
