package dev.lambdarollouts.controllers.loop;

import dev.lambdarollouts.controllers.act.Acted;
import dev.lambdarollouts.controllers.act.DecisionExecutor;
import dev.lambdarollouts.controllers.observe.StageSight;
import dev.lambdarollouts.controllers.translate.StagePlace;
import dev.lambdarollouts.engine.decide.Decision;
import dev.lambdarollouts.engine.decide.Verdict;
import dev.lambdarollouts.engine.fact.AwsFailure;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out what was decided of a rollout's stages, the most urgent first. */
final class Acts {
  private static final Logger LOG = LoggerFactory.getLogger(Acts.class);

  private final DecisionExecutor executor;
  private final List<StageOutcome.Decided> stages;
  private final Map<String, StageSight> sights;
  private final Map<String, Acted> acted = new HashMap<>();

  Acts(DecisionExecutor executor, List<StageOutcome> outcomes, Map<String, StageSight> sights) {
    this.executor = executor;
    this.stages =
        outcomes.stream()
            .filter(StageOutcome.Decided.class::isInstance)
            .map(StageOutcome.Decided.class::cast)
            .toList();
    this.sights = sights;
  }

  Acts carryOut() {
    stages.stream()
        .sorted(Comparator.comparingInt(stage -> rank(stage.verdict().decision())))
        .forEach(stage -> acted.put(stage.name(), carryOut(stage)));
    return this;
  }

  /** What became of a stage's decision. */
  Acted of(String stage) {
    return acted.getOrDefault(stage, new Acted.Nothing());
  }

  /** True when AWS did something. */
  boolean anythingDone() {
    return acted.values().stream().anyMatch(Acted.Done.class::isInstance);
  }

  private Acted carryOut(StageOutcome.Decided stage) {
    StageSight sight = sights.get(stage.name());
    if (sight == null) {
      throw new IllegalStateException("stage " + stage.name() + " was not prepared");
    }
    Acted result =
        executor.execute(
            stage.verdict().decision(),
            stage.question(),
            stage.verdict().progress(),
            sight,
            sharesFunction(stage));
    log(stage, result);
    return result;
  }

  private static void log(StageOutcome.Decided stage, Acted result) {
    Verdict verdict = stage.verdict();
    String what = verdict.decision().getClass().getSimpleName();
    switch (result) {
      case Acted.Failed(AwsFailure failure) ->
          LOG.warn(
              "stage {}: {} failed: {} ({}: {})",
              stage.name(),
              what,
              failure,
              verdict.rule(),
              verdict.why());
      case Acted.Done done ->
          LOG.info("stage {}: {} ({}: {})", stage.name(), what, verdict.rule(), verdict.why());
      case Acted.LetGo letGo ->
          LOG.info("stage {}: {} ({}: {})", stage.name(), what, verdict.rule(), verdict.why());
      case Acted.Nothing nothing -> {}
      case Acted.TooSoon tooSoon -> {}
    }
  }

  /** Another stage that stays means the same function, or may. */
  private boolean sharesFunction(StageOutcome.Decided stage) {
    StagePlace place = stage.question().place();
    return place != null
        && stages.stream()
            .filter(
                other -> !other.name().equals(stage.name()) && !other.reading().takenOffTheList())
            .map(other -> other.question().place())
            .anyMatch(other -> other == null || other.function().equals(place.function()));
  }

  private static int rank(Decision decision) {
    return switch (decision) {
      case Decision.RollBack rollBack -> 0;
      case Decision.Promote promote -> 1;
      case Decision.ShiftTo shift -> 1;
      case Decision.CreateAlias create -> 1;
      case Decision.Restore restore -> 1;
      case Decision.WriteMark mark -> 2;
      case Decision.ReadAlias read -> 2;
      case Decision.Deploy deploy -> 3;
      case Decision.Publish publish -> 3;
      case Decision.Claim claim -> 3;
      case Decision.SetBeside set -> 3;
      case Decision.TakeBack back -> 5;
      case Decision.LetGo letGo -> 4;
      case Decision.TakeOver take -> 2;
      case Decision.PublishLatest publish -> 3;
      case Decision.DeleteFunction delete -> 4;
      case Decision.DeleteVersion delete -> 5;
      case Decision.Hold hold -> 6;
    };
  }
}
