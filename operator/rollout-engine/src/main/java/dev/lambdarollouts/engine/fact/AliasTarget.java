package dev.lambdarollouts.engine.fact;

import dev.lambdarollouts.engine.plan.Weight;
import org.jspecify.annotations.Nullable;

/**
 * Where an alias sends its traffic.
 *
 * @param primary the version that the alias names; {@code $LATEST} is possible where somebody else
 *     made it
 * @param additional the one additional version that AWS allows, absent when there is none
 */
public record AliasTarget(VersionNumber primary, @Nullable Route additional) {

  /** A share for one version beside the primary. */
  public record Route(VersionNumber version, Weight weight) {}

  /** All traffic on one version. */
  public static AliasTarget only(VersionNumber version) {
    return new AliasTarget(version, null);
  }

  /**
   * {@code weight} of the traffic on the candidate, the rest on stable; 0 and 100 % need no second
   * version.
   */
  public static AliasTarget split(VersionNumber stable, VersionNumber candidate, Weight weight) {
    if (weight.isNone()) {
      return only(stable);
    }
    return weight.isAll() ? only(candidate) : new AliasTarget(stable, new Route(candidate, weight));
  }

  /** The share that a version really gets. */
  public Weight weightOf(VersionNumber version) {
    int beside = additional == null ? 0 : additional.weight().hundredths();
    int sum = 0;
    if (primary.equals(version)) {
      sum += Weight.ALL.hundredths() - beside;
    }
    if (additional != null && additional.version().equals(version)) {
      sum += beside;
    }
    return new Weight(sum);
  }

  /** For people: {@code version 7}, or {@code version 7 and 30% on version 8}. */
  @Override
  public String toString() {
    return additional == null
        ? "version " + primary
        : "version "
            + primary
            + " and "
            + additional.weight()
            + " on version "
            + additional.version();
  }
}
