package dev.lambdarollouts.controllers.kubernetes;

import java.time.Duration;
import java.util.Set;

/**
 * What an installation says about what the controllers may see and how often they look.
 *
 * @param watchNamespaces empty: all
 * @param secretsNamespaces where Secrets may be read; {@code *} among them: wherever it watches
 * @param driftCheckInterval between two looks at an alias at rest
 * @param instance which process this is, like the pod's name; shown in Events
 */
public record ControllerSettings(
    Set<String> watchNamespaces,
    Set<String> secretsNamespaces,
    Duration driftCheckInterval,
    String instance) {
  public ControllerSettings {
    watchNamespaces = Set.copyOf(watchNamespaces);
    secretsNamespaces = Set.copyOf(secretsNamespaces);
  }

  /** True when Secrets of this namespace may be read. */
  boolean maySeeSecretsOf(String namespace) {
    return secretsNamespaces.contains("*") || secretsNamespaces.contains(namespace);
  }
}
