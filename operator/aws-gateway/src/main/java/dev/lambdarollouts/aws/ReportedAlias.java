package dev.lambdarollouts.aws;

import dev.lambdarollouts.engine.fact.AliasFact;
import dev.lambdarollouts.engine.fact.AliasMark;
import dev.lambdarollouts.engine.fact.AliasTarget;
import dev.lambdarollouts.engine.fact.AwsFailure;
import dev.lambdarollouts.engine.fact.AwsFailure.Kind;
import dev.lambdarollouts.engine.fact.VersionNumber;
import dev.lambdarollouts.engine.plan.Weight;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.model.AliasRoutingConfiguration;
import software.amazon.awssdk.services.lambda.model.CreateAliasResponse;
import software.amazon.awssdk.services.lambda.model.GetAliasResponse;
import software.amazon.awssdk.services.lambda.model.UpdateAliasResponse;

/**
 * An alias in AWS' words, whichever call told it. What it does not say, or says in a way that this
 * operator does not know, is never guessed.
 */
record ReportedAlias(
    Api toldBy,
    @Nullable String functionVersion,
    @Nullable String description,
    Map<String, Double> additionalWeights,
    @Nullable String revisionId) {

  static ReportedAlias of(GetAliasResponse reply) {
    return new ReportedAlias(
        Api.GET_ALIAS,
        reply.functionVersion(),
        reply.description(),
        weights(reply.routingConfig()),
        reply.revisionId());
  }

  static ReportedAlias of(CreateAliasResponse reply) {
    return new ReportedAlias(
        Api.CREATE_ALIAS,
        reply.functionVersion(),
        reply.description(),
        weights(reply.routingConfig()),
        reply.revisionId());
  }

  static ReportedAlias of(UpdateAliasResponse reply) {
    return new ReportedAlias(
        Api.UPDATE_ALIAS,
        reply.functionVersion(),
        reply.description(),
        weights(reply.routingConfig()),
        reply.revisionId());
  }

  private static Map<String, Double> weights(@Nullable AliasRoutingConfiguration routing) {
    return routing == null ? Map.of() : routing.additionalVersionWeights();
  }

  /** {@link AliasFact.Present}, or {@link AliasFact.Unknown} when it cannot be understood. */
  AliasFact fact(Instant at, AliasFact.Source source) {
    if (functionVersion == null || functionVersion.isEmpty()) {
      return unreadable("it names no FunctionVersion");
    }
    if (revisionId == null || revisionId.isEmpty()) {
      return unreadable("it has no RevisionId");
    }
    if (additionalWeights.size() > 1) {
      return unreadable("it has more than one additional version: " + additionalWeights);
    }
    for (Double weight : additionalWeights.values()) {
      if (weight == null || !(weight >= 0 && weight <= 1)) {
        return unreadable("its weight is no fraction of 1: " + additionalWeights);
      }
    }
    return new AliasFact.Present(
        new AliasTarget(new VersionNumber(functionVersion), route()),
        revisionId,
        AliasMark.parse(description),
        at,
        source);
  }

  private AliasTarget.@Nullable Route route() {
    for (Map.Entry<String, Double> entry : additionalWeights.entrySet()) {
      return new AliasTarget.Route(
          new VersionNumber(entry.getKey()), Weight.ofFraction(entry.getValue()));
    }
    return null;
  }

  private AliasFact unreadable(String why) {
    return new AliasFact.Unknown(
        new AwsFailure(
            Kind.UNAVAILABLE,
            toldBy.operation(),
            "AWS' answer about the alias is unreadable: " + why));
  }
}
