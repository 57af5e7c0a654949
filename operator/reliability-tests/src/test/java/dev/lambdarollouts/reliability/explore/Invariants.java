package dev.lambdarollouts.reliability.explore;

import dev.lambdarollouts.engine.decide.Decision;
import dev.lambdarollouts.engine.decide.RolloutDecider;
import dev.lambdarollouts.engine.decide.Verdict;
import dev.lambdarollouts.engine.fact.AlarmSample;
import dev.lambdarollouts.engine.fact.AliasTarget;
import dev.lambdarollouts.engine.fact.ReleaseId;
import dev.lambdarollouts.engine.plan.Weight;
import dev.lambdarollouts.engine.progress.Candidate;
import dev.lambdarollouts.engine.progress.Progress;
import dev.lambdarollouts.engine.progress.Stable;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** What must hold on an edge from one world to the next; by number as in the API's text. */
final class Invariants {
  private static final Set<Integer> PLANNED = Set.of(0, 1_000, 5_000, 10_000);

  private Invariants() {}

  /** The finalizer is there still. */
  static void checkDeleted(World before, Verdict verdict, World after) {
    Stable stable = before.progress().stable();
    AliasTarget home =
        stable == null || before.progress().isFirstRelease()
            ? null
            : AliasTarget.only(stable.version());
    if (!Objects.equals(after.target(), before.target())) {
      holds("9: straight home", after.target() != null && after.target().equals(home));
    }
    boolean isHome = before.target() == null || before.target().equals(home);
    if (verdict.decision() instanceof Decision.LetGo && home != null) {
      holds("9: on stable before it is let go", isHome && !before.blind());
    }
  }

  /**
   * Of any edge.
   *
   * @param after what was decided was called, and went through
   */
  static void check(World before, Verdict verdict, World after) {
    Progress progress = verdict.progress();
    Candidate candidate = progress.candidate();
    Weight was = weight(before.target(), candidate);
    Weight is = weight(after.target(), candidate);
    if (after.target() != null && !after.target().equals(before.target())) {
      holds("1: only weights of the plan", PLANNED.contains(is.hundredths()));
      if (is.compareTo(was) > 0) {
        holds("1: nothing is moved that cannot be seen", !before.blind());
        holds("paused holds", !before.paused());
        holds("11: invalid holds", !before.invalid());
        holds("1: grows only while healthy", healthy(before, progress));
        holds("8: not tried again", progress.rejectionOf(candidate.release()) == null);
        holds(
            "no traffic that nobody approved",
            !was.isNone()
                || progress.approversOf(candidate.release()).size() >= before.approval().needed());
      } else {
        holds("less traffic is a rollback", verdict.decision() instanceof Decision.RollBack);
      }
    }
    boolean traffic =
        !was.isNone()
            && before.progress().phase().mayHaveTraffic()
            && before.progress().weight().equals(was)
            && !before.progress().isFirstRelease();
    boolean fires =
        before.alarm() == AlarmSample.State.ALARM
            && !before.progress().excused().contains(World.ALARM);
    if (traffic && fires && !before.blind()) {
      holds("2: a rollback is one call away", verdict.decision() instanceof Decision.RollBack);
    }
    holds(
        "4: one release, one version",
        new HashSet<>(after.published().values()).size() == after.published().size());
    if (verdict.decision() instanceof Decision.Publish(ReleaseId release, String sha)) {
      holds("8: not tried again", progress.rejectionOf(release) == null);
    }
    if (before.progress().candidate() != null
        && candidate != null
        && !candidate.release().equals(before.progress().candidate().release())
        && !before.progress().isFirstRelease()
        && before.progress().phase().mayHaveTraffic()) {
      holds(
          "6: superseded by way of stable",
          weight(before.target(), before.progress().candidate()).isNone());
    }
  }

  /** Where an action was refused and nothing happens, nothing happens without it either. */
  static void checkAtRest(World before, Verdict verdict, World recorded) {
    if (verdict.decision() instanceof Decision.Hold
        && verdict.progress().equals(before.progress())) {
      Verdict again = RolloutDecider.decide(recorded.progress(), recorded.observe(List.of()));
      holds(
          "16: a hold is at rest",
          again.progress().equals(verdict.progress())
              && again.decision().equals(verdict.decision()));
      holds("a hold says why", !again.why().isEmpty());
    }
  }

  /** Asked tens of millions of times, so without the comfort of AssertJ. */
  private static void holds(String invariant, boolean held) {
    if (!held) {
      throw new AssertionError(invariant);
    }
  }

  private static boolean healthy(World world, Progress progress) {
    return switch (world.alarm()) {
      case OK -> true;
      case ALARM, INSUFFICIENT_DATA -> progress.excused().contains(World.ALARM);
      case MISSING, UNKNOWN -> false;
    };
  }

  private static Weight weight(AliasTarget target, Candidate candidate) {
    return target == null || candidate == null || candidate.version() == null
        ? Weight.NONE
        : target.weightOf(candidate.version());
  }
}
