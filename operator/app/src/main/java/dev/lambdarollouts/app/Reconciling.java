package dev.lambdarollouts.app;

import dev.lambdarollouts.aws.InstallationIdentity;
import dev.lambdarollouts.engine.port.AwsPort;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/** The reconcilers at work. */
interface Reconciling {

  /**
   * Takes on nothing more and waits for what is under way.
   *
   * @param limit past that it waits no longer
   * @return whether all is quiet; false: something may still write
   */
  boolean stop(Duration limit);

  /** Sets them to work. */
  @FunctionalInterface
  interface Beginning {
    /** Returns when they are at work, and throws when they cannot be. */
    Reconciling begin(Turn turn);
  }

  /**
   * One time at the helm.
   *
   * @param leaderSince when this process became the one that acts
   * @param onFailure told when they cannot go on
   */
  record Turn(
      AwsPort aws,
      InstallationIdentity identity,
      Instant leaderSince,
      Consumer<RuntimeException> onFailure) {}
}
