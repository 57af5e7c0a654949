package dev.lambdarollouts.controllers.kubernetes;

import dev.lambdarollouts.controllers.cluster.ObjectKey;
import dev.lambdarollouts.controllers.report.Conditions;
import dev.lambdarollouts.controllers.translate.SpecCheck;
import dev.lambdarollouts.crds.common.Condition;
import dev.lambdarollouts.crds.common.Condition.Truth;
import dev.lambdarollouts.crds.common.Parsed;
import dev.lambdarollouts.crds.stage.LambdaStage;
import dev.lambdarollouts.crds.stage.LambdaStageStatus;
import dev.lambdarollouts.engine.fact.AwsFailure;
import dev.lambdarollouts.engine.port.AwsPort;
import dev.lambdarollouts.engine.port.AwsPort.Caller;
import dev.lambdarollouts.engine.port.AwsReply;
import dev.lambdarollouts.engine.port.StageTarget;
import dev.lambdarollouts.engine.port.TimeSource;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells of a LambdaStage whether it can be used and whose credentials it has, and keeps it while a
 * rollout names it.
 */
final class LambdaStageReconciler implements Reconciler<LambdaStage>, Cleaner<LambdaStage> {
  private static final Set<String> TYPES = Set.of("Ready");

  private final AwsPort aws;
  private final StatusKeeper keeper;
  private final SimpleInboundEventSource<LambdaStage> wakes =
      new SimpleInboundEventSource<>("wake-ups");
  private @Nullable NamingRollouts<LambdaStage> rollouts;

  LambdaStageReconciler(AwsPort aws, TimeSource time) {
    this.aws = aws;
    this.keeper =
        new StatusKeeper(
            time, stage -> wakes.propagateEvent(new ResourceID(stage.name(), stage.namespace())));
  }

  @Override
  public List<EventSource<?, LambdaStage>> prepareEventSources(
      EventSourceContext<LambdaStage> context) {
    rollouts = new NamingRollouts<>(context, LambdaStage.class, StageNames::all);
    return List.of(rollouts.source(), wakes);
  }

  @Override
  public UpdateControl<LambdaStage> reconcile(LambdaStage stage, Context<LambdaStage> context) {
    String problem = SpecCheck.problem(stage);
    StageTarget target = SpecCheck.target(stage);
    if (problem != null || target == null) {
      write(
          context,
          stage,
          null,
          Truth.FALSE,
          "InvalidSpec",
          problem == null ? "spec: cannot be read" : problem);
      return UpdateControl.noUpdate();
    }
    switch (aws.caller(target)) {
      case AwsReply.Failed<Caller>(AwsFailure failure) -> {
        write(context, stage, null, Truth.FALSE, "CredentialsFailed", failure.toString());
        keeper.lookAgain(stage);
      }
      case AwsReply.Done<Caller>(Caller caller) -> {
        AwsFailure wrong = AwsPort.wrongAccount(caller, target);
        if (wrong == null) {
          write(context, stage, caller, Truth.TRUE, "Valid", "can be used");
        } else {
          write(context, stage, caller, Truth.FALSE, "WrongAccount", wrong.message());
        }
      }
    }
    return UpdateControl.noUpdate();
  }

  @Override
  public DeleteControl cleanup(LambdaStage stage, Context<LambdaStage> context) {
    if (rollouts == null) {
      throw new IllegalStateException("a reconcile before the event sources were prepared");
    }
    List<ObjectKey> naming = rollouts.of(stage);
    if (naming.isEmpty()) {
      keeper.forget(stage);
      return DeleteControl.defaultDelete();
    }
    write(context, stage, null, Truth.FALSE, "InUse", StatusKeeper.inUse(naming));
    keeper.lookAgain(stage);
    return DeleteControl.noFinalizerRemoval();
  }

  private void write(
      Context<LambdaStage> context,
      LambdaStage stage,
      @Nullable Caller caller,
      Truth ready,
      String reason,
      String message) {
    Long generation = stage.getMetadata().getGeneration();
    LambdaStageStatus before = stage.status().flatMap(Parsed::valid).orElse(null);
    List<Condition> conditions = before == null ? List.of() : before.conditions();
    keeper.write(
        context,
        LambdaStage.class,
        stage,
        new LambdaStageStatus(
            generation,
            new Conditions(conditions, generation, keeper.now())
                .set("Ready", ready, reason, message)
                .build(TYPES),
            caller != null ? caller.accountId() : before == null ? null : before.accountId(),
            caller != null ? caller.arn() : before == null ? null : before.callerArn(),
            before == null ? null : before.activeRollouts(),
            before == null ? null : before.window()));
  }
}
