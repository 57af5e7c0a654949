package dev.lambdarollouts.app;

import dev.lambdarollouts.app.cluster.InstallationIdentity;
import dev.lambdarollouts.engine.port.AwsPort;
import java.time.Duration;
import java.time.Instant;

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
    /**
     * Returns when they are at work.
     *
     * @param leaderSince when this process became the one that acts
     */
    Reconciling begin(AwsPort aws, InstallationIdentity identity, Instant leaderSince);
  }
}
