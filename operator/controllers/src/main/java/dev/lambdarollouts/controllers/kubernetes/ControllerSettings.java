package dev.lambdarollouts.controllers.kubernetes;

import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the controllers are told at start.
 *
 * @param watched whose rollouts are taken care of
 * @param secrets where Secrets may be read
 * @param driftCheckInterval an idle alias costs one GetAlias in that time
 * @param stopLimit how long a stop waits for reconciles under way
 * @param approvalsIgnoredUsers whose Approve does not count
 */
public record ControllerSettings(
    Namespaces watched,
    Namespaces secrets,
    Duration driftCheckInterval,
    Duration stopLimit,
    Set<String> approvalsIgnoredUsers) {

  public ControllerSettings {
    approvalsIgnoredUsers = Set.copyOf(approvalsIgnoredUsers);
  }

  /** All namespaces, or these. */
  public sealed interface Namespaces {
    /** Every one. */
    record All() implements Namespaces {}

    /** These and no other. */
    record Named(Set<String> names) implements Namespaces {
      public Named {
        names = Set.copyOf(names);
      }
    }

    /** True when a namespace is among them. */
    default boolean contains(String namespace) {
      return switch (this) {
        case All() -> true;
        case Named(Set<String> names) -> names.contains(namespace);
      };
    }
  }

  /** Where Secrets are looked for at all: never outside of what is watched. */
  Namespaces watchedSecrets() {
    return switch (secrets) {
      case Namespaces.All() -> watched;
      case Namespaces.Named(Set<String> names) -> {
        Set<String> both = new TreeSet<>(names);
        both.removeIf(name -> !watched.contains(name));
        yield new Namespaces.Named(both);
      }
    };
  }
}
