package dev.lambdarollouts.simulator.lambda;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.simulator.lambda.function.Alias;
import dev.lambdarollouts.simulator.lambda.function.FunctionVersion;
import dev.lambdarollouts.simulator.lambda.function.Functions;
import dev.lambdarollouts.simulator.lambda.function.LambdaFunction;
import dev.lambdarollouts.simulator.lambda.invocation.TrafficShares;
import dev.lambdarollouts.simulator.protocol.Json;
import dev.lambdarollouts.simulator.service.Location;
import java.time.Duration;
import java.time.Instant;

/**
 * All functions of all accounts and regions with their versions and aliases, as the API shows them,
 * and the share of traffic that each alias' versions really took.
 */
final class FunctionList {
  private static final Duration SHARES_OF = Duration.ofMinutes(5);

  private final Functions functions;
  private final TrafficShares shares;

  FunctionList(Functions functions, TrafficShares shares) {
    this.functions = functions;
    this.shares = shares;
  }

  ArrayNode show(Instant now) {
    ArrayNode list = Json.array();
    functions
        .all()
        .forEach(
            (location, byName) ->
                byName.values().forEach(function -> list.add(show(location, function, now))));
    return list;
  }

  private ObjectNode show(Location location, LambdaFunction function, Instant now) {
    ObjectNode tree =
        Json.object()
            .put("Account", location.account())
            .put("Region", location.region())
            .put("FunctionName", function.latest().functionName())
            .put("FunctionArn", function.arn());
    ArrayNode versions = tree.putArray("Versions").add(function.latest().show(null));
    for (FunctionVersion version : function.versions().values()) {
      versions.add(version.show(version.version()));
    }
    ArrayNode aliases = tree.putArray("Aliases");
    for (Alias alias : function.aliases().values()) {
      ObjectNode shown = alias.show();
      ObjectNode taken = shown.putObject("TrafficShares");
      shares
          .between(alias.arn(), now.minus(SHARES_OF), now.plusSeconds(1))
          .forEach((version, count) -> taken.put(version, count));
      aliases.add(shown);
    }
    return tree;
  }
}
