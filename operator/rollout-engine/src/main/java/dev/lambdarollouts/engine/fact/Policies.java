package dev.lambdarollouts.engine.fact;

import org.jspecify.annotations.Nullable;

/**
 * What the specs say of things in AWS that others did or made, or that are left over.
 *
 * @param drift somebody else moved the alias
 * @param removal the rollout is deleted
 * @param takeOver the owner from whom the function is handed over; absent: from nobody
 * @param adoption of a function that is there already
 * @param acceptsLatest a person accepts that others run {@code $LATEST} while it is written
 */
public record Policies(
    Drift drift,
    Removal removal,
    @Nullable TakeOver takeOver,
    Adoption adoption,
    boolean acceptsLatest) {
  /** The API's defaults. */
  public static final Policies DEFAULT =
      new Policies(Drift.PAUSE, Removal.RETAIN, null, Adoption.CREATE, false);

  /** What follows where somebody else moved the alias. */
  public enum Drift {
    /** Hold in place and tell. */
    PAUSE,
    /** Restore what was recorded, unless that raises the candidate's weight. */
    REVERT,
    /** The alias' version is stable from then on. */
    ADOPT
  }

  /** What becomes of the function when its rollout is deleted. */
  public enum Removal {
    /** It stays, with its versions and aliases. */
    RETAIN,
    /** It goes where the operator created it. */
    DELETE,
    /** The same, once the other stages that share it have left. */
    DELETE_AFTER_OTHERS
  }

  /** The same, with another end for the function. */
  public Policies with(Removal other) {
    return new Policies(drift, other, takeOver, adoption, acceptsLatest);
  }

  /** Whether a function that nobody's tags name is taken over. */
  public enum Adoption {
    /** Never. */
    CREATE,
    /** Where there is one. */
    ADOPT_OR_CREATE,
    /** It has to be there. */
    ADOPT
  }

  /** The same, with another answer to a foreign move. */
  public Policies with(Drift other) {
    return new Policies(other, removal, takeOver, adoption, acceptsLatest);
  }

  /** The same, with a hand-over. */
  public Policies from(@Nullable TakeOver other) {
    return new Policies(drift, removal, other, adoption, acceptsLatest);
  }

  /** The same, under another adoptionPolicy. */
  public Policies with(Adoption other, boolean accepts) {
    return new Policies(drift, removal, takeOver, other, accepts);
  }

  /**
   * An owner before this one.
   *
   * @param owner {@code <installation>/<namespace>/<rollout>}
   * @param mark the same as it stands in the alias' mark
   */
  public record TakeOver(String owner, String mark) {}
}
