package dev.lambdarollouts.engine.decide;

import dev.lambdarollouts.engine.fact.DesiredRelease;
import dev.lambdarollouts.engine.fact.FunctionFact;
import dev.lambdarollouts.engine.fact.StageBefore;
import dev.lambdarollouts.engine.fact.VersionFact;
import dev.lambdarollouts.engine.fact.VersionNumber;
import dev.lambdarollouts.engine.progress.Candidate;
import dev.lambdarollouts.engine.progress.Cause;
import dev.lambdarollouts.engine.progress.Progress;
import dev.lambdarollouts.engine.progress.Rejection;
import dev.lambdarollouts.engine.progress.Stable;
import dev.lambdarollouts.engine.progress.StagePhase;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Brings {@code $LATEST} to the release and publishes it once: the version that carries the release
 * is looked for before anything is changed.
 */
final class DeployingRule implements Rule {
  /**
   * Between two looks at a function that AWS is still at work on; GetFunction's own quota is 100 a
   * second.
   */
  static final Duration SETTLING = Duration.ofSeconds(2);

  @Override
  public @Nullable Step apply(Situation situation) {
    Progress progress = situation.progress();
    Candidate candidate = progress.candidate();
    if (progress.phase() != StagePhase.DEPLOYING || candidate == null) {
      return null;
    }
    return switch (situation.seen().candidate()) {
      case VersionFact.NotRead notRead ->
          Step.hold(progress, "looks for the version of release " + candidate.release());
      case VersionFact.Unknown(String why, var failure) ->
          Step.hold(
              progress,
              "cannot look for the version of release " + candidate.release() + ": " + why);
      case VersionFact.NotPublished none when candidate.version() != null ->
          Step.become(
              progress.with().candidate(withoutVersion(candidate)).build(),
              "version " + candidate.version() + " is gone: published again");
      case VersionFact.NotPublished none -> towardsPublish(situation, candidate);
      case VersionFact.Published published when candidate.version() == null ->
          found(situation, candidate, published);
      case VersionFact.Published published -> whenActive(situation, published);
    };
  }

  private static Candidate withoutVersion(Candidate candidate) {
    return new Candidate(candidate.release(), candidate.name(), null, candidate.codeSha256());
  }

  private static Step towardsPublish(Situation situation, Candidate candidate) {
    Progress progress = situation.progress();
    return switch (situation.seen().function()) {
      case FunctionFact.NotRead notRead -> Step.hold(progress, "looks at the function");
      case FunctionFact.Unknown(var failure) ->
          Step.hold(progress, "cannot read the function (" + failure + ")");
      case FunctionFact.OwnedByAnother(String owner) ->
          Step.stalled(progress, "OwnedByAnother", owner);
      case FunctionFact.Unclaimed unclaimed ->
          Step.stalled(progress, "OwnedByAnother", OwnershipRule.NOBODYS);
      case FunctionFact.Claimed claimed ->
          Step.hold(progress, "the function is made elsewhere: nothing is published here");
      case FunctionFact.Absent absent ->
          deploy(situation, FunctionFact.DeployStep.CREATE, "creates the function");
      case FunctionFact.Settling(String what) ->
          Step.holdUntil(
              progress, situation.seen().at().plus(SETTLING), "waits for the function: " + what);
      case FunctionFact.Behind behind -> {
        Step entrances = behind.created() ? null : LatestEntrances.against(situation);
        yield entrances != null
            ? entrances
            : deploy(situation, behind.next(), "updates the function's " + behind.next().text());
      }
      case FunctionFact.Ready(String codeSha256) -> {
        Step failed = wrongCode(situation, codeSha256);
        yield failed != null
            ? failed
            : Step.act(
                new Decision.Publish(candidate.release(), codeSha256),
                progress,
                "publishes release " + candidate.release());
      }
    };
  }

  /** Retried until the deadline. */
  private static Step deploy(Situation situation, FunctionFact.DeployStep step, String why) {
    return Step.act(new Decision.Deploy(step), situation.progress(), why);
  }

  private static Step found(
      Situation situation, Candidate candidate, VersionFact.Published published) {
    Progress progress = situation.progress();
    Step failed = wrongCode(situation, published.codeSha256());
    if (failed != null) {
      return failed;
    }
    Candidate known =
        new Candidate(
            candidate.release(), candidate.name(), published.number(), published.codeSha256());
    Stable stable = progress.stable();
    if (stable != null && stable.release() != null && stable.version().equals(published.number())) {
      return Step.become(
          Attempt.succeed(progress, known, situation.seen().at()),
          "nothing changed: release " + candidate.release() + " is version " + published.number());
    }
    Progress named = progress.with().candidate(known).build();
    Rejection rejection = rejectionOf(progress, published.number());
    if (rejection != null) {
      String why =
          "release "
              + candidate.release()
              + " is version "
              + published.number()
              + ", which was rejected as release "
              + rejection.release()
              + " ("
              + rejection.cause().message()
              + ")";
      return Step.become(
          Attempt.reject(
              new Situation(named, situation.seen()),
              new Cause(rejection.cause().type(), rejection.cause().name(), why)),
          why);
    }
    return Step.become(
        named, "release " + candidate.release() + " is version " + published.number());
  }

  /** An edit that changes nothing that AWS keeps gives the version of before, rejected or not. */
  private static @Nullable Rejection rejectionOf(Progress progress, VersionNumber version) {
    return progress.history().stream()
        .filter(entry -> version.equals(entry.version()))
        .map(entry -> progress.rejectionOf(entry.release()))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private static Step whenActive(Situation situation, VersionFact.Published published) {
    Progress progress = situation.progress();
    return switch (published.state()) {
      case PENDING ->
          Step.holdUntil(
              progress,
              situation.seen().at().plus(SETTLING),
              "waits for version " + published.number() + " to be Active");
      case FAILED ->
          Step.become(
              Attempt.fail(
                  situation,
                  new Cause(
                      Cause.Type.VERSION_FAILED,
                      null,
                      "version " + published.number() + " is Failed: " + published.reason())),
              "version " + published.number() + " is Failed: " + published.reason());
      case ACTIVE ->
          Step.become(
              progress
                  .with()
                  .phase(StagePhase.PRE_TRAFFIC)
                  .progressSince(situation.seen().at())
                  .build(),
              "version " + published.number() + " is Active");
    };
  }

  /** The user's own word, and what the stages before ran. */
  private static @Nullable Step wrongCode(Situation situation, String codeSha256) {
    if (situation.seen().desired() instanceof DesiredRelease.Known desired
        && desired.codeSha256() != null
        && !desired.codeSha256().equals(codeSha256)) {
      return fail(
          situation,
          Cause.Type.CODE_SHA256,
          "spec.code.sha256 is " + desired.codeSha256() + ", AWS deployed " + codeSha256);
    }
    String before = codeBefore(situation);
    if (before != null && !before.equals(codeSha256)) {
      return fail(
          situation,
          Cause.Type.CODE_CHANGED,
          "CodeChanged: "
              + stageBefore(situation)
              + " runs code "
              + before
              + ", here the same location gave "
              + codeSha256
              + "; release again under a key, tag or objectVersion that does not move");
    }
    return null;
  }

  /** While the stage before does not stand, what it ran when this attempt began. */
  private static @Nullable String codeBefore(Situation situation) {
    return switch (situation.seen().stageBefore()) {
      case StageBefore.None none -> null;
      case StageBefore.Stands(String stage, String code) -> code;
      case StageBefore.NotThere notThere ->
          Objects.requireNonNull(situation.progress().candidate()).codeSha256();
    };
  }

  private static String stageBefore(Situation situation) {
    return switch (situation.seen().stageBefore()) {
      case StageBefore.None none -> "the stage before";
      case StageBefore.Stands(String stage, String code) -> "stage " + stage;
      case StageBefore.NotThere(String stage, String why) -> "the stage before";
    };
  }

  private static Step fail(Situation situation, Cause.Type type, String message) {
    return Step.become(Attempt.fail(situation, new Cause(type, null, message)), message);
  }
}
