package dev.lambdarollouts.aws;

/**
 * How many requests a second this operator allows itself per account and region. AWS' own limits:
 * GetFunction 100, the rest of Lambda's control plane 15 together, DescribeAlarms 9,
 * DescribeAlarmHistory 20 (Lambda quotas, CloudWatch service quotas). A bucket lets half of its
 * rate through at once on top, so that even the fullest second stays below AWS' limit.
 *
 * @param getFunction requests a second
 * @param lambda requests a second, all other Lambda APIs together
 * @param describeAlarms requests a second
 * @param describeAlarmHistory requests a second
 */
public record Quotas(
    double getFunction, double lambda, double describeAlarms, double describeAlarmHistory) {

  /** Leaves a third to CI, Terraform and people. */
  public static final Quotas DEFAULT = new Quotas(60, 10, 5, 10);

  public Quotas {
    requirePositive("getFunction", getFunction);
    requirePositive("lambda", lambda);
    requirePositive("describeAlarms", describeAlarms);
    requirePositive("describeAlarmHistory", describeAlarmHistory);
  }

  private static void requirePositive(String name, double perSecond) {
    if (!(perSecond > 0)) {
      throw new IllegalArgumentException(
          "the quota " + name + " must be more than 0 requests a second, found " + perSecond);
    }
  }
}
