package dev.lambdarollouts.crds.common;

/** Patterns that more than one kind uses; in Go's syntax, which is what the API server reads. */
public final class Formats {
  /** The name of a Kubernetes object: a DNS subdomain. */
  public static final String OBJECT_NAME = "^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$";

  /** A name that a user gives to an item of a list: an alarm, a metric, a hook, a window. */
  public static final String ITEM_NAME = "^[a-zA-Z0-9]([-_.a-zA-Z0-9]*[a-zA-Z0-9])?$";

  /** An ARN, in which placeholders may stand. */
  public static final String ARN = "^arn:[^\\s]+$";

  /** A published version; never {@code $LATEST}. */
  public static final String VERSION_NUMBER = "^[1-9][0-9]*$";

  /** A release as status shows it: algorithm number and digest. */
  public static final String RELEASE = "^[0-9]+-[0-9a-z]+$";

  /** An alias of the Lambda API: digits alone would be a version. */
  public static final String ALIAS = "^[a-zA-Z0-9_-]*[a-zA-Z_-][a-zA-Z0-9_-]*$";

  /** What a duration looks like; {@link DurationText} binds it to a field. */
  public static final String DURATION = "^([0-9]+([.][0-9]+)?(ms|s|m|h))+$";

  /** Longest duration. */
  public static final int DURATION_LENGTH = 32;

  /** Longest name of an item, and of a stage in a status. */
  public static final int ITEM_NAME_LENGTH = 63;

  /** Longest ARN with placeholders in it. */
  public static final int ARN_LENGTH = 512;

  /** Digits of the largest version number that can be told from a mistake. */
  public static final int VERSION_LENGTH = 12;

  /** Longest release. */
  public static final int RELEASE_LENGTH = 80;

  private Formats() {}
}
