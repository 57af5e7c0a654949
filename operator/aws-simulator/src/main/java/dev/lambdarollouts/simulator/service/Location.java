package dev.lambdarollouts.simulator.service;

/** An account in a region: where most resources of AWS live. */
public record Location(String account, String region) {

  /** {@code arn:aws:SERVICE:REGION:ACCOUNT:RESOURCE}. */
  public String arn(String service, String resource) {
    return "arn:aws:" + service + ":" + region + ":" + account + ":" + resource;
  }
}
