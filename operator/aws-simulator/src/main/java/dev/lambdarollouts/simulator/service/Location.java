package dev.lambdarollouts.simulator.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** An account in a region: where most resources of AWS live. */
public record Location(String account, String region) {

  /** The one that {@link #save} put into {@code saved}. */
  public static Location of(JsonNode saved) {
    return new Location(saved.path("account").asText(), saved.path("region").asText());
  }

  /** Puts account and region into what a data file keeps. */
  public ObjectNode save(ObjectNode tree) {
    return tree.put("account", account).put("region", region);
  }

  /** {@code arn:aws:SERVICE:REGION:ACCOUNT:RESOURCE}. */
  public String arn(String service, String resource) {
    return "arn:aws:" + service + ":" + region + ":" + account + ":" + resource;
  }
}
