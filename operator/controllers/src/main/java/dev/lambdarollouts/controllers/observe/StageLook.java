package dev.lambdarollouts.controllers.observe;

import dev.lambdarollouts.controllers.translate.OwnerMark;
import dev.lambdarollouts.controllers.translate.StagePlace;
import dev.lambdarollouts.engine.decide.BesideTheRelease;
import dev.lambdarollouts.engine.decide.CodeOfStable;
import dev.lambdarollouts.engine.fact.AliasFact;
import dev.lambdarollouts.engine.fact.AwsFailure;
import dev.lambdarollouts.engine.fact.Custody;
import dev.lambdarollouts.engine.fact.DesiredRelease;
import dev.lambdarollouts.engine.fact.FunctionFact;
import dev.lambdarollouts.engine.fact.LatestTraffic;
import dev.lambdarollouts.engine.fact.Observation;
import dev.lambdarollouts.engine.fact.Policies;
import dev.lambdarollouts.engine.fact.Revisions;
import dev.lambdarollouts.engine.fact.SideFact;
import dev.lambdarollouts.engine.fact.SideSettings;
import dev.lambdarollouts.engine.fact.VersionFact;
import dev.lambdarollouts.engine.fact.VersionNumber;
import dev.lambdarollouts.engine.plan.Entry;
import dev.lambdarollouts.engine.plan.Plan;
import dev.lambdarollouts.engine.port.AwsPort;
import dev.lambdarollouts.engine.port.FunctionDefinition;
import dev.lambdarollouts.engine.port.FunctionPort;
import dev.lambdarollouts.engine.progress.Candidate;
import dev.lambdarollouts.engine.progress.Pause;
import dev.lambdarollouts.engine.progress.Progress;
import dev.lambdarollouts.engine.progress.PromotedReleases;
import dev.lambdarollouts.engine.progress.Stable;
import dev.lambdarollouts.engine.progress.StagePhase;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One look at a stage's function, versions and alias: what the phase needs, and no more. */
final class StageLook {
  private final AwsPort aws;
  private final StageInQuestion stage;
  private final StagePlace place;
  private final StageSight sight;
  private final Patience patience;
  private final Instant at;
  private final Progress recorded;
  private final FunctionPort functions;

  StageLook(
      AwsPort aws,
      StageInQuestion stage,
      StagePlace place,
      StageSight sight,
      Patience patience,
      Instant at) {
    this.aws = aws;
    this.stage = stage;
    this.place = place;
    this.sight = sight;
    this.patience = patience;
    this.at = at;
    this.recorded = stage.recorded();
    this.functions = aws.functions(place.target());
  }

  /** All but the alarms. */
  AwsFacts facts() {
    String ownedBy = ownedBy();
    if (ownedBy != null) {
      return AwsFacts.ownedBy(ownedBy);
    }
    AliasFact alias = alias();
    if (recorded.phase().atRest() && !CodeOfStable.isAsked(recorded, stage.desired())) {
      sight.deploy().doubt();
    }
    VersionFact candidate = candidate();
    Custody custody = custody(alias);
    boolean found = isFound(alias);
    FunctionFact function = stage.elsewhere() == null ? function(candidate) : ownership(found);
    return new AwsFacts(
        alias,
        function,
        candidate,
        stable(),
        List.of(),
        null,
        false,
        sight.lastFailure(),
        versions(),
        custody,
        latestTraffic(custody, function),
        found && alias instanceof AliasFact.Present present ? standsOn(present) : null,
        side());
  }

  /** Asked where the function is to be deleted or handed over, or the alias names somebody else. */
  private Custody custody(AliasFact alias) {
    boolean asked =
        switch (stage.deletion()) {
          case NO -> stage.policies().takeOver() != null || mayAdopt() || isMarkedByAnother(alias);
          case YES -> stage.policies().removal() == Policies.Removal.DELETE;
          case ABANDON -> false;
        };
    return asked
        ? sight
            .custody()
            .look(
                functions,
                place,
                stage.owner(),
                at,
                patience.longest(),
                // A mark that names somebody else is newer than what the tags said before it.
                isMarkedByAnother(alias) ? sight.alias().seenAt() : Instant.MIN)
        : new Custody.NotRead();
  }

  /** Nothing was done here yet, and what is there may be taken over. */
  private boolean mayAdopt() {
    return stage.policies().adoption() != Policies.Adoption.CREATE
        && recorded.attempt() == 0
        && recorded.stable() == null;
  }

  private LatestTraffic latestTraffic(Custody custody, FunctionFact function) {
    boolean adopts =
        mayAdopt() && (custody instanceof Custody.Nobodys || custody instanceof Custody.Ours);
    boolean writesTheirs = function instanceof FunctionFact.Behind behind && !behind.created();
    return stage.deletion() == Observation.Deletion.NO && (adopts || writesTheirs)
        ? sight.custody().entrances(functions, place, at, patience.longest())
        : new LatestTraffic.NotRead();
  }

  private boolean isMarkedByAnother(AliasFact alias) {
    return alias instanceof AliasFact.Present present
        && present.mark() != null
        && !present.mark().owner().equals(OwnerMark.hash(stage.owner()));
  }

  private SideFact side() {
    if (stage.deletion() != Observation.Deletion.NO || stage.paused() != null) {
      return new SideFact.NotRead();
    }
    return sight
        .side()
        .look(
            functions,
            place,
            stage.owner(),
            stage.desired() instanceof DesiredRelease.Known known
                ? known.side()
                : SideSettings.NONE,
            BesideTheRelease.toLookAt(recorded, stage.desired()),
            at,
            patience.longest());
  }

  /** Others made the function and its alias, and nothing was done here yet. */
  private boolean isFound(AliasFact alias) {
    return stage.elsewhere() != null
        && recorded.attempt() == 0
        && recorded.stable() == null
        && alias instanceof AliasFact.Present present
        && present.mark() == null;
  }

  private FunctionFact ownership(boolean found) {
    Candidate candidate = recorded.candidate();
    boolean deploying =
        recorded.phase() == StagePhase.DEPLOYING
            && candidate != null
            && candidate.version() == null;
    return found || deploying
        ? sight.deploy().ownership(functions, place, stage.owner(), at, patience.longest())
        : new FunctionFact.NotRead();
  }

  /** What the alias stands on, as a release: absent while that was not read, or not listed. */
  private @Nullable Stable standsOn(AliasFact.Present alias) {
    VersionNumber number = alias.target().primary();
    if (isNewerThanListed(number)) {
      sight.published().doubt();
      return null;
    }
    return alias.target().additional() == null
            && number.isPublished()
            && sight.deploy().version(functions, place, number, at, patience.longest())
                instanceof VersionFact.Published published
        ? new Stable(number, aws.release(number, published.codeSha256()))
        : null;
  }

  /** Not while something holds the stage: only what may be deleted is worth a look. */
  private Revisions.Versions versions() {
    // What others published is not ours to delete.
    return stage.elsewhere() == null
            && stage.deletion() == Observation.Deletion.NO
            && stage.paused() == null
        ? sight.cleanUp().look(functions, place, stage.owner(), recorded, stage.revisions(), at)
        : new Revisions.Versions.NotRead();
  }

  private @Nullable String ownedBy() {
    return switch (stage.contest()) {
      case Contest.None none -> null;
      case Contest.Lost(String why) -> why;
      case Contest.Open(String why) -> {
        if (stage.elsewhere() != null) {
          yield byTag(
              sight.deploy().ownership(functions, place, stage.owner(), at, patience.longest()),
              why);
        }
        yield stage.definition() == null ? why : byTag(read(stage.definition()), why);
      }
    };
  }

  private static @Nullable String byTag(FunctionFact fact, @Nullable String why) {
    return switch (fact) {
      case FunctionFact.OwnedByAnother(String owner) -> owner;
      case FunctionFact.Absent absent -> why;
      case FunctionFact.Unclaimed unclaimed -> why;
      case FunctionFact.Claimed claimed -> null;
      case FunctionFact.NotRead notRead -> "another LambdaRollout means it too";
      case FunctionFact.Unknown(AwsFailure failure) ->
          "another LambdaRollout means it too, and whose it is cannot be seen (" + failure + ")";
      case FunctionFact.Settling settling -> null;
      case FunctionFact.Behind behind -> null;
      case FunctionFact.Ready ready -> null;
    };
  }

  private AliasFact alias() {
    boolean blank = recorded.attempt() == 0 && recorded.stable() == null;
    // On its way out, only a status that may be lost has to be looked for in AWS.
    boolean curious =
        switch (stage.deletion()) {
          case NO -> blank || !recorded.phase().atRest();
          case YES -> blank;
          case ABANDON -> false;
        };
    return sight
        .alias()
        .look(
            aws.aliases(place.target()),
            place,
            patience.read(),
            at,
            curious,
            recorded.phase().atRest(),
            sight.backoff(),
            patience.longest());
  }

  private boolean isNewerThanListed(VersionNumber number) {
    return number.isPublished()
        && stage.elsewhere() != null
        && stage.elsewhere().isNewest()
        && stage.elsewhere().version() instanceof VersionFact.Published listed
        && PromotedReleases.BY_NUMBER.compare(number, listed.number()) > 0;
  }

  private VersionFact candidate() {
    Candidate candidate = recorded.candidate();
    boolean deploying = recorded.phase() == StagePhase.DEPLOYING;
    if (candidate == null || !(deploying || beforeTrafficIsShared())) {
      return new VersionFact.NotRead();
    }
    Elsewhere elsewhere = stage.elsewhere();
    if (candidate.version() == null && elsewhere != null) {
      return candidate.release().equals(elsewhere.release())
          ? elsewhere.version()
          : new VersionFact.NotRead();
    }
    if (candidate.version() != null) {
      return sight.deploy().version(functions, place, candidate.version(), at, patience.longest());
    }
    return deploying
        ? sight.deploy().find(functions, place, candidate.release(), at, patience.longest())
        : new VersionFact.NotRead();
  }

  private VersionFact stable() {
    boolean asked =
        beforeTrafficIsShared()
            || (stage.deletion() == Observation.Deletion.NO
                && CodeOfStable.isAsked(recorded, stage.desired()));
    return recorded.stable() != null && asked
        ? sight
            .deploy()
            .version(functions, place, recorded.stable().version(), at, patience.longest())
        : new VersionFact.NotRead();
  }

  /** The gates ask whether the two versions can stand behind one alias. */
  private boolean beforeTrafficIsShared() {
    Plan plan = recorded.plan();
    Pause pause = recorded.pause();
    boolean before =
        recorded.phase() == StagePhase.PRE_TRAFFIC
            || recorded.phase() == StagePhase.AWAITING_APPROVAL
            || (pause != null && pause.from() == StagePhase.PRE_TRAFFIC);
    return before
        && plan != null
        && !recorded.isFirstRelease()
        && plan.entries().stream().anyMatch(StageLook::shares);
  }

  private static boolean shares(Entry entry) {
    return entry instanceof Entry.SetWeight(var weight) && !weight.isAll() && !weight.isNone();
  }

  private FunctionFact function(VersionFact found) {
    Candidate candidate = recorded.candidate();
    boolean toPublish =
        recorded.phase() == StagePhase.DEPLOYING
            && found instanceof VersionFact.NotPublished
            && candidate != null
            && stage.desired() instanceof DesiredRelease.Known known
            && known.id().equals(candidate.release());
    return toPublish && stage.definition() != null
        ? read(stage.definition())
        : new FunctionFact.NotRead();
  }

  private FunctionFact read(FunctionDefinition definition) {
    return sight.deploy().function(functions, definition, stage.owner(), at, patience.longest());
  }
}
