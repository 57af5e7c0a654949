package dev.lambdarollouts.aws;

import dev.lambdarollouts.engine.fact.AliasFact;
import dev.lambdarollouts.engine.fact.AliasFact.Source;
import dev.lambdarollouts.engine.fact.AliasMark;
import dev.lambdarollouts.engine.fact.AliasTarget;
import dev.lambdarollouts.engine.fact.AwsFailure;
import dev.lambdarollouts.engine.fact.AwsFailure.Kind;
import dev.lambdarollouts.engine.port.AliasPort;
import dev.lambdarollouts.engine.port.AwsReply;
import dev.lambdarollouts.engine.port.TimeSource;
import dev.lambdarollouts.engine.port.Urgency;
import java.util.Map;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.AliasRoutingConfiguration;
import software.amazon.awssdk.services.lambda.model.CreateAliasRequest;
import software.amazon.awssdk.services.lambda.model.GetAliasRequest;
import software.amazon.awssdk.services.lambda.model.UpdateAliasRequest;

/**
 * Aliases over the Lambda API. Every change says the whole target, weights too: none is an empty
 * map, which clears what was there (a member left out would keep it).
 */
final class LambdaAliases implements AliasPort {
  private final LambdaClient lambda;
  private final AwsCalls calls;
  private final TimeSource time;

  LambdaAliases(LambdaClient lambda, AwsCalls calls, TimeSource time) {
    this.lambda = lambda;
    this.calls = calls;
    this.time = time;
  }

  @Override
  public AliasFact read(String functionName, String alias, Urgency urgency) {
    return switch (reported(functionName, alias, urgency)) {
      case AwsReply.Done<ReportedAlias>(ReportedAlias reported) -> fact(reported, Source.READ);
      // The alias or its whole function: either way there is no such alias.
      case AwsReply.Failed<ReportedAlias>(AwsFailure failure)
          when failure.kind() == Kind.NOT_FOUND ->
          new AliasFact.Missing(time.instant());
      case AwsReply.Failed<ReportedAlias>(AwsFailure failure) -> new AliasFact.Unknown(failure);
    };
  }

  @Override
  public AwsReply<AliasFact.Present> create(
      String functionName, String alias, AliasTarget target, AliasMark mark) {
    CreateAliasRequest request =
        CreateAliasRequest.builder()
            .functionName(functionName)
            .name(alias)
            .functionVersion(target.primary().value())
            .routingConfig(routing(target))
            .description(mark.description())
            .build();
    AwsReply<ReportedAlias> reply =
        calls.run(
            Api.CREATE_ALIAS, Urgency.SHIFT, () -> ReportedAlias.of(lambda.createAlias(request)));
    return concluded(
        Api.CREATE_ALIAS, reply, functionName, alias, new Wish(target, mark), Urgency.SHIFT);
  }

  @Override
  public AwsReply<AliasFact.Present> update(
      String functionName,
      String alias,
      AliasTarget target,
      AliasMark mark,
      String revisionId,
      Urgency urgency) {
    UpdateAliasRequest request =
        UpdateAliasRequest.builder()
            .functionName(functionName)
            .name(alias)
            .functionVersion(target.primary().value())
            .routingConfig(routing(target))
            .description(mark.description())
            .revisionId(revisionId)
            .build();
    AwsReply<ReportedAlias> reply =
        calls.run(Api.UPDATE_ALIAS, urgency, () -> ReportedAlias.of(lambda.updateAlias(request)));
    return concluded(Api.UPDATE_ALIAS, reply, functionName, alias, new Wish(target, mark), urgency);
  }

  private record Wish(AliasTarget target, AliasMark mark) {
    boolean isMetBy(ReportedAlias reported, AliasTarget reportedTarget) {
      return reportedTarget.equals(target) && mark.description().equals(reported.description());
    }
  }

  private AwsReply<AliasFact.Present> concluded(
      Api api,
      AwsReply<ReportedAlias> reply,
      String functionName,
      String alias,
      Wish wish,
      Urgency urgency) {
    return switch (reply) {
      case AwsReply.Done<ReportedAlias>(ReportedAlias reported) ->
          switch (fact(reported, Source.REPLY)) {
            case AliasFact.Present present -> new AwsReply.Done<>(present);
            case AliasFact.Unknown(AwsFailure failure) -> new AwsReply.Failed<>(failure);
            case AliasFact.Missing _, AliasFact.NotRead _ ->
                throw new IllegalStateException("a reply is an alias or unreadable");
          };
      case AwsReply.Failed<ReportedAlias>(AwsFailure failure)
          when failure.kind() == Kind.CONFLICT ->
          readAgain(api, failure, functionName, alias, wish, urgency);
      case AwsReply.Failed<ReportedAlias>(AwsFailure failure) -> new AwsReply.Failed<>(failure);
    };
  }

  /**
   * After a conflict: a call that the SDK repeated may have met its own effect, whose reply was
   * lost.
   */
  private AwsReply<AliasFact.Present> readAgain(
      Api api, AwsFailure conflict, String functionName, String alias, Wish wish, Urgency urgency) {
    return switch (reported(functionName, alias, urgency)) {
      case AwsReply.Done<ReportedAlias>(ReportedAlias reported) ->
          fact(reported, Source.READ) instanceof AliasFact.Present present
                  && wish.isMetBy(reported, present.target())
              ? new AwsReply.Done<>(present)
              : new AwsReply.Failed<>(conflict);
      case AwsReply.Failed<ReportedAlias>(AwsFailure failure)
          when failure.kind() == Kind.NOT_FOUND ->
          new AwsReply.Failed<>(conflict);
      case AwsReply.Failed<ReportedAlias>(AwsFailure failure) ->
          new AwsReply.Failed<>(
              new AwsFailure(
                  Kind.UNAVAILABLE,
                  api.operation(),
                  conflict.message() + "; the alias could not be read after it: " + failure));
    };
  }

  private AwsReply<ReportedAlias> reported(String functionName, String alias, Urgency urgency) {
    GetAliasRequest request =
        GetAliasRequest.builder().functionName(functionName).name(alias).build();
    return calls.run(Api.GET_ALIAS, urgency, () -> ReportedAlias.of(lambda.getAlias(request)));
  }

  private AliasFact fact(ReportedAlias reported, Source source) {
    return reported.fact(time.instant(), source);
  }

  private static AliasRoutingConfiguration routing(AliasTarget target) {
    AliasTarget.Route route = target.additional();
    return AliasRoutingConfiguration.builder()
        .additionalVersionWeights(
            route == null
                ? Map.of()
                : Map.of(route.version().value(), route.weight().fraction().doubleValue()))
        .build();
  }
}
