package dev.lambdarollouts.engine.fact;

/** Whose the function in AWS is, as its tags say. */
public sealed interface Custody {

  /** Not asked for. */
  record NotRead() implements Custody {}

  /** Could not be read. */
  record Unknown(AwsFailure failure) implements Custody {}

  /** There is no such function, or AWS is deleting it. */
  record Absent() implements Custody {}

  /**
   * It is this rollout's.
   *
   * @param created this operator made it: its tags say so since CreateFunction
   */
  record Ours(boolean created) implements Custody {}

  /**
   * It is somebody else's.
   *
   * @param owner {@code <installation>/<namespace>/<rollout>}, as far as the tags say
   */
  record Another(String owner) implements Custody {}

  /** It carries no owner's tags. */
  record Nobodys() implements Custody {}
}
