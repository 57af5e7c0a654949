package dev.lambdarollouts.controllers.act;

import dev.lambdarollouts.controllers.observe.AliasSight;
import dev.lambdarollouts.controllers.observe.CleanUpSight;
import dev.lambdarollouts.controllers.observe.Patience;
import dev.lambdarollouts.controllers.observe.StageInQuestion;
import dev.lambdarollouts.controllers.observe.StageSight;
import dev.lambdarollouts.controllers.translate.StagePlace;
import dev.lambdarollouts.engine.decide.Decision;
import dev.lambdarollouts.engine.fact.AliasFact;
import dev.lambdarollouts.engine.fact.AliasMark;
import dev.lambdarollouts.engine.fact.AliasTarget;
import dev.lambdarollouts.engine.fact.AwsFailure;
import dev.lambdarollouts.engine.fact.DesiredRelease;
import dev.lambdarollouts.engine.fact.FunctionFact;
import dev.lambdarollouts.engine.fact.Observation;
import dev.lambdarollouts.engine.fact.ReleaseId;
import dev.lambdarollouts.engine.fact.VersionFact;
import dev.lambdarollouts.engine.fact.VersionNumber;
import dev.lambdarollouts.engine.port.AwsPort;
import dev.lambdarollouts.engine.port.AwsReply;
import dev.lambdarollouts.engine.port.FunctionDefinition;
import dev.lambdarollouts.engine.port.TimeSource;
import dev.lambdarollouts.engine.port.Urgency;
import dev.lambdarollouts.engine.progress.Progress;
import dev.lambdarollouts.engine.progress.SideSetting;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;

/** Carries out one decision by at most one call that changes something. */
public final class DecisionExecutor {
  private final AwsPort aws;
  private final TimeSource time;

  public DecisionExecutor(AwsPort aws, TimeSource time) {
    this.aws = aws;
    this.time = time;
  }

  /**
   * Carries it out, unless the same failed only just now.
   *
   * @param recorded with which the decision was recorded
   * @param sharesFunction another stage of the rollout means the same function
   */
  public Acted execute(
      Decision decision,
      StageInQuestion stage,
      Progress recorded,
      StageSight sight,
      boolean sharesFunction) {
    StagePlace place = stage.place();
    Patience patience = Patience.of(recorded, stage.deletion());
    String call = decision.getClass().getSimpleName();
    if (decision instanceof Decision.Hold) {
      return new Acted.Nothing();
    }
    if (!sight.backoff().mayTry(call, now())) {
      return new Acted.TooSoon();
    }
    if (place == null || stage.deletion() == Observation.Deletion.ABANDON) {
      return decision instanceof Decision.LetGo ? new Acted.LetGo() : new Acted.Nothing();
    }
    Acted acted = new Carrying(stage, place, sight, patience, sharesFunction).out(decision);
    switch (acted) {
      case Acted.Failed failed when decision instanceof Decision.DeleteVersion ->
          sight.backoff().failed(call, now(), CleanUpSight.LONGEST);
      case Acted.Failed(AwsFailure failure) -> {
        sight.failed(failure);
        sight.backoff().failed(call, now(), patience.longest());
      }
      case Acted.Done done -> sight.backoff().worked(call);
      case Acted.LetGo letGo -> sight.backoff().worked(call);
      case Acted.Nothing nothing -> {}
      case Acted.TooSoon tooSoon -> {}
    }
    return acted;
  }

  private Instant now() {
    return time.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /** One decision on its way. */
  private final class Carrying {
    private final StageInQuestion stage;
    private final StagePlace place;
    private final StageSight sight;
    private final Patience patience;
    private final boolean sharesFunction;

    Carrying(
        StageInQuestion stage,
        StagePlace place,
        StageSight sight,
        Patience patience,
        boolean sharesFunction) {
      this.stage = stage;
      this.place = place;
      this.sight = sight;
      this.patience = patience;
      this.sharesFunction = sharesFunction;
    }

    Acted out(Decision decision) {
      return switch (decision) {
        case Decision.Hold hold -> new Acted.Nothing();
        case Decision.ReadAlias read -> readAlias();
        case Decision.Deploy(FunctionFact.DeployStep step) -> deploy(step);
        case Decision.Publish(ReleaseId release, String codeSha256) -> publish(release, codeSha256);
        case Decision.CreateAlias(AliasTarget target, AliasMark mark) ->
            moved(
                aws.aliases(place.target())
                    .create(place.functionName(), place.alias(), target, mark));
        case Decision.ShiftTo(AliasTarget target, AliasMark mark, String revisionId) ->
            update(target, mark, revisionId, Urgency.SHIFT);
        case Decision.Promote(AliasTarget target, AliasMark mark, String revisionId) ->
            update(target, mark, revisionId, Urgency.SHIFT);
        case Decision.RollBack(AliasTarget target, AliasMark mark, String revisionId) ->
            update(target, mark, revisionId, Urgency.ROLLBACK);
        case Decision.Restore(AliasTarget target, AliasMark mark, String revisionId) ->
            update(target, mark, revisionId, Urgency.SHIFT);
        case Decision.WriteMark(AliasTarget target, AliasMark mark, String revisionId) ->
            update(target, mark, revisionId, Urgency.SHIFT);
        case Decision.Claim claim -> claim();
        case Decision.SetBeside(SideSetting what) -> set(what);
        case Decision.TakeBack(SideSetting what) ->
            beside(aws.functions(place.target()).takeBack(place.functionName(), what));
        case Decision.DeleteVersion(VersionNumber version) -> delete(version);
        case Decision.TakeOver(String from) -> takeOver(from);
        case Decision.PublishLatest publish -> publishLatest();
        case Decision.DeleteFunction function -> deleteFunction();
        case Decision.LetGo letGo -> letGo();
      };
    }

    private Acted readAlias() {
      AliasSight alias = sight.alias();
      // Why it failed is remembered as what is known of the alias, and it backs off by itself.
      return alias.read(
              aws.aliases(place.target()),
              place,
              patience.read(),
              now(),
              sight.backoff(),
              patience.longest())
          ? new Acted.Done()
          : new Acted.Nothing();
    }

    private Acted deploy(FunctionFact.DeployStep step) {
      FunctionDefinition definition = stage.definition();
      if (definition == null) {
        return new Acted.Nothing();
      }
      return told(
          aws.functions(place.target()).deploy(step, definition, stage.owner()),
          fact -> sight.deploy().remember(fact, now()));
    }

    private Acted publish(ReleaseId release, String codeSha256) {
      AwsReply<VersionFact.Published> reply =
          aws.functions(place.target()).publish(place.functionName(), release, codeSha256);
      return told(reply, version -> sight.deploy().remember(release, version, now()));
    }

    /** Tags have no fence: whose they are is read again. */
    private Acted claim() {
      return told(
          aws.functions(place.target()).claim(place.functionName(), stage.owner()),
          done -> sight.taken());
    }

    private Acted set(SideSetting what) {
      return stage.desired() instanceof DesiredRelease.Known known
          ? beside(aws.functions(place.target()).set(place.functionName(), known.side(), what))
          : new Acted.Nothing();
    }

    private Acted beside(AwsReply<Boolean> reply) {
      return told(reply, done -> sight.side().doubt());
    }

    private Acted update(AliasTarget target, AliasMark mark, String revisionId, Urgency urgency) {
      return moved(
          aws.aliases(place.target())
              .update(place.functionName(), place.alias(), target, mark, revisionId, urgency));
    }

    private Acted moved(AwsReply<AliasFact.Present> reply) {
      return told(reply, alias -> sight.alias().remember(alias, now()));
    }

    /** Whatever becomes of it, the stage stands as before. */
    private Acted delete(VersionNumber version) {
      return switch (aws.functions(place.target()).delete(place.functionName(), version)) {
        case AwsReply.Done<Boolean> done -> {
          sight.cleanUp().deleted(version);
          yield new Acted.Done();
        }
        case AwsReply.Failed<Boolean>(AwsFailure failure) -> {
          sight.cleanUp().failed(version, failure);
          yield new Acted.Failed(failure);
        }
      };
    }

    private Acted takeOver(String from) {
      return told(
          aws.functions(place.target()).takeOver(place.functionName(), from, stage.owner()),
          done -> sight.taken());
    }

    private Acted publishLatest() {
      return told(
          aws.functions(place.target()).publishLatest(place.functionName()),
          version -> sight.custody().published(version));
    }

    private Acted deleteFunction() {
      return told(
          aws.functions(place.target()).deleteFunction(place.functionName(), stage.owner()),
          done -> sight.custody().doubt());
    }

    /** Taken off the list, the function is nobody's; with its rollout it stays as it is. */
    private Acted letGo() {
      if (!stage.takenOffTheList() || sharesFunction) {
        return new Acted.LetGo();
      }
      return switch (aws.functions(place.target()).disown(place.functionName(), stage.owner())) {
        case AwsReply.Done<Boolean> done -> new Acted.LetGo();
        case AwsReply.Failed<Boolean>(AwsFailure failure)
            when failure.kind() == AwsFailure.Kind.NOT_FOUND ->
            new Acted.LetGo();
        case AwsReply.Failed<Boolean>(AwsFailure failure) -> new Acted.Failed(failure);
      };
    }

    private <T> Acted told(AwsReply<T> reply, Consumer<T> remember) {
      return switch (reply) {
        case AwsReply.Done<T>(T value) -> {
          sight.worked();
          remember.accept(value);
          yield new Acted.Done();
        }
        case AwsReply.Failed<T>(AwsFailure failure) -> new Acted.Failed(failure);
      };
    }
  }
}
