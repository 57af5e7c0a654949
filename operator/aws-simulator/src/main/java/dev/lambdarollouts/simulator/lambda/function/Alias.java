package dev.lambdarollouts.simulator.lambda.function;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.simulator.protocol.Json;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * An alias.
 *
 * @param weights the share of traffic, 0.0 to 1.0, of the one additional version there may be
 */
public record Alias(
    String arn,
    String name,
    String functionVersion,
    String description,
    Map<String, Double> weights,
    String revisionId) {

  /** As AWS shows it: without RoutingConfig when there are no weights. */
  public ObjectNode show() {
    ObjectNode tree = Json.object();
    tree.put("AliasArn", arn)
        .put("Name", name)
        .put("FunctionVersion", functionVersion)
        .put("Description", description);
    if (!weights.isEmpty()) {
      ObjectNode shown = tree.putObject("RoutingConfig").putObject("AdditionalVersionWeights");
      weights.forEach(shown::put);
    }
    tree.put("RevisionId", revisionId);
    return tree;
  }

  /** The same alias with other weights and a revision of its own. */
  public Alias routing(Map<String, Double> newWeights, String newRevisionId) {
    return new Alias(arn, name, functionVersion, description, newWeights, newRevisionId);
  }

  /** The version that takes an invocation; {@code dice} is in [0, 1). */
  public String pick(double dice) {
    for (var entry : weights.entrySet()) {
      if (dice < entry.getValue()) {
        return entry.getKey();
      }
    }
    return functionVersion;
  }

  public Set<String> versions() {
    Set<String> versions = new TreeSet<>(weights.keySet());
    versions.add(functionVersion);
    return versions;
  }
}
