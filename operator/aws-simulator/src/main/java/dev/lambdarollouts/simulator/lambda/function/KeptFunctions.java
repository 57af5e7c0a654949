package dev.lambdarollouts.simulator.lambda.function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.simulator.keep.Blobs;
import dev.lambdarollouts.simulator.keep.KeptState;
import dev.lambdarollouts.simulator.protocol.Json;
import dev.lambdarollouts.simulator.service.Location;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * Functions in the data file. What was Pending or InProgress comes to rest after the restart, and
 * invocations follow every alias at once.
 */
public final class KeptFunctions implements KeptState {
  private final Functions functions;
  private final Provisioning provisioning;

  public KeptFunctions(Functions functions, Provisioning provisioning) {
    this.functions = functions;
    this.provisioning = provisioning;
  }

  @Override
  public String part() {
    return "lambda";
  }

  @Override
  public ObjectNode save(Blobs blobs) {
    ObjectNode tree = Json.object();
    ObjectNode numbers = tree.putObject("versionNumbers");
    new TreeMap<>(functions.versionNumbers()).forEach(numbers::put);
    ArrayNode list = tree.putArray("functions");
    functions
        .all()
        .forEach(
            (location, byName) ->
                byName.values().forEach(function -> list.add(save(location, function, blobs))));
    return tree;
  }

  @Override
  public void restore(ObjectNode saved, Blobs blobs) {
    saved
        .path("versionNumbers")
        .properties()
        .forEach(entry -> functions.versionNumbers().put(entry.getKey(), entry.getValue().asInt()));
    for (JsonNode tree : saved.path("functions")) {
      Location location = Location.of(tree);
      LambdaFunction function = restore(tree, blobs);
      functions.in(location).put(function.latest().functionName(), function);
    }
  }

  private static ObjectNode save(Location location, LambdaFunction function, Blobs blobs) {
    ObjectNode tree = location.save(Json.object()).put("arn", function.arn());
    tree.set("latest", function.latest().save(blobs));
    ArrayNode versions = tree.putArray("versions");
    function.versions().values().forEach(version -> versions.add(version.save(blobs)));
    ArrayNode aliases = tree.putArray("aliases");
    function.aliases().values().forEach(alias -> aliases.add(alias.show()));
    ObjectNode tags = tree.putObject("tags");
    function.tags().forEach(tags::put);
    ObjectNode policies = tree.putObject("policies");
    function
        .policies()
        .forEach((qualifier, policy) -> policies.putObject(qualifier).setAll(policy.statements()));
    ObjectNode provisioned = tree.putObject("provisioned");
    function.provisioned().forEach((key, config) -> provisioned.set(key, config.save()));
    ObjectNode urls = tree.putObject("urls");
    function.urls().forEach((key, url) -> urls.set(key, url.save()));
    ObjectNode events = tree.putObject("eventInvokes");
    function.eventInvokes().forEach((key, config) -> events.set(key, config.save()));
    ArrayNode executions = tree.putArray("durableExecutions");
    function.durableExecutions().forEach(one -> executions.add(one.save()));
    Integer reserved = function.reservedConcurrency();
    if (reserved != null) {
      tree.put("reservedConcurrency", reserved);
    }
    return tree;
  }

  private LambdaFunction restore(JsonNode tree, Blobs blobs) {
    String arn = tree.path("arn").asText();
    FunctionVersion latest = FunctionVersion.restore(arn, tree.path("latest"), blobs);
    LambdaFunction function = new LambdaFunction(arn, latest);
    settle(function, latest);
    for (JsonNode saved : tree.path("versions")) {
      FunctionVersion version = FunctionVersion.restore(arn, saved, blobs);
      function.versions().put(Integer.parseInt(version.version()), version);
      settle(function, version);
    }
    for (JsonNode saved : tree.path("aliases")) {
      Alias alias = alias(saved);
      function.aliases().put(alias.name(), alias);
    }
    tree.path("tags")
        .properties()
        .forEach(tag -> function.tags().put(tag.getKey(), tag.getValue().asText()));
    tree.path("policies")
        .properties()
        .forEach(
            saved -> {
              ResourcePolicy policy = new ResourcePolicy();
              saved
                  .getValue()
                  .properties()
                  .forEach(
                      one -> policy.statements().put(one.getKey(), (ObjectNode) one.getValue()));
              function.policies().put(saved.getKey(), policy);
            });
    restoreConfigs(tree, function);
    if (tree.has("reservedConcurrency")) {
      function.reserveConcurrency(tree.path("reservedConcurrency").asInt());
    }
    return function;
  }

  private void restoreConfigs(JsonNode tree, LambdaFunction function) {
    for (var saved : tree.path("provisioned").properties()) {
      ProvisionedConcurrency config = ProvisionedConcurrency.restore(saved.getValue());
      function.provisioned().put(saved.getKey(), config);
      if (config.isInProgress()) {
        provisioning.resume(function, saved.getKey(), config);
      }
    }
    for (JsonNode saved : tree.path("durableExecutions")) {
      function.durableExecutions().add(DurableExecution.restore(saved));
    }
    for (var saved : tree.path("urls").properties()) {
      function.urls().put(saved.getKey(), FunctionUrl.restore(saved.getValue()));
    }
    for (var saved : tree.path("eventInvokes").properties()) {
      function.eventInvokes().put(saved.getKey(), EventInvokeConfig.restore(saved.getValue()));
    }
  }

  private void settle(LambdaFunction function, FunctionVersion version) {
    if (version.isPending() || version.isUpdating()) {
      functions.settleLater(function, version, Instant.EPOCH);
    }
  }

  private static Alias alias(JsonNode saved) {
    Map<String, Double> weights = new TreeMap<>();
    saved
        .path("RoutingConfig")
        .path("AdditionalVersionWeights")
        .properties()
        .forEach(weight -> weights.put(weight.getKey(), weight.getValue().asDouble()));
    return new Alias(
        saved.path("AliasArn").asText(),
        saved.path("Name").asText(),
        saved.path("FunctionVersion").asText(),
        saved.path("Description").asText(),
        weights,
        saved.path("RevisionId").asText());
  }
}
