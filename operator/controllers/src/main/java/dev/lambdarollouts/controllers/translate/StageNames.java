package dev.lambdarollouts.controllers.translate;

import java.util.Map;

/** The names of which placeholders are made. */
record StageNames(String namespace, String rollout, String function, String stage) {

  /** For the template of the function's name. */
  Placeholders forFunctionName() {
    return new Placeholders(Map.of("function", function, "stage", stage, "namespace", namespace));
  }

  /** For roles, layers, buckets, keys, images and ARNs. */
  Placeholders forAws(String accountId, String region) {
    return new Placeholders(
        Map.of(
            "accountId", accountId,
            "region", region,
            "stage", stage,
            "function", function,
            "namespace", namespace));
  }

  /** For the names of alarms. */
  Placeholders forAlarms(StagePlace place) {
    return new Placeholders(
        Map.of(
            "functionName", place.functionName(),
            "stage", stage,
            "alias", place.alias(),
            "rollout", rollout,
            "namespace", namespace));
  }
}
