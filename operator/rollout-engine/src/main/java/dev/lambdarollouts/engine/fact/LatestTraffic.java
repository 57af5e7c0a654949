package dev.lambdarollouts.engine.fact;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What reaches {@code $LATEST} of a function that the operator did not create. */
public sealed interface LatestTraffic {

  /** Not asked for. */
  record NotRead() implements LatestTraffic {}

  /** Could not be read, in whole or in part. */
  record Unknown(AwsFailure failure) implements LatestTraffic {}

  /**
   * All of it.
   *
   * @param entrances aliases on {@code $LATEST} but the stage's own, event source mappings, URLs
   *     and permissions without qualifier, for people; empty when there are none
   * @param provisioned the stage's alias has provisioned concurrency
   * @param published the version that {@code $LATEST} was published as, unchanged; absent before
   */
  record Seen(List<String> entrances, boolean provisioned, @Nullable VersionNumber published)
      implements LatestTraffic {
    public Seen {
      entrances = List.copyOf(entrances);
    }
  }
}
