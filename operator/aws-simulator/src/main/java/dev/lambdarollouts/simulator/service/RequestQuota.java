package dev.lambdarollouts.simulator.service;

/**
 * How many requests a second AWS takes per account and region.
 *
 * @param name of what shares it: an operation, or a group of them
 * @param perSecond infinite: not counted
 */
public record RequestQuota(String name, double perSecond) {
  /** Requests are not counted. */
  public static final RequestQuota NONE = new RequestQuota("none", Double.POSITIVE_INFINITY);

  /** True when requests are counted. */
  public boolean isCounted() {
    return perSecond != Double.POSITIVE_INFINITY;
  }
}
