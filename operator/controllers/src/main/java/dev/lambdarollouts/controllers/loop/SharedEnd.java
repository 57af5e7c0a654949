package dev.lambdarollouts.controllers.loop;

import dev.lambdarollouts.controllers.translate.StagePlace;
import dev.lambdarollouts.engine.decide.Decision;
import dev.lambdarollouts.engine.fact.Observation;
import dev.lambdarollouts.engine.fact.Policies;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * {@code deletionPolicy: Delete} where several stages share one function: it goes with the last of
 * them, once the others have left.
 */
final class SharedEnd {
  private SharedEnd() {}

  /**
   * The policies of one stage.
   *
   * @param all stages in their order
   * @param before what was decided of the earlier ones in this pass
   * @param place where a stage runs, absent where that is not known
   */
  static Policies policies(
      Observation.Deletion deletion,
      StageReading reading,
      List<StageReading> all,
      List<StageOutcome> before,
      Function<StageReading, @Nullable StagePlace> place) {
    Policies policies = reading.policies();
    if (policies.removal() != Policies.Removal.DELETE) {
      return policies;
    }
    if (deletion != Observation.Deletion.YES) {
      // A stage that is taken off the list keeps its function.
      return policies.with(Policies.Removal.RETAIN);
    }
    StagePlace own = place.apply(reading);
    Predicate<StageReading> shares =
        other -> {
          StagePlace others = place.apply(other);
          // Where a stage runs that is not known, it may be here: what is shared is not deleted.
          return own != null && (others == null || own.function().equals(others.function()));
        };
    if (all.stream().skip(all.indexOf(reading) + 1L).anyMatch(shares)) {
      return policies.with(Policies.Removal.RETAIN);
    }
    boolean alone =
        before.stream().filter(other -> shares.test(other.reading())).allMatch(SharedEnd::leaves);
    return alone ? policies : policies.with(Policies.Removal.DELETE_AFTER_OTHERS);
  }

  private static boolean leaves(StageOutcome outcome) {
    return outcome instanceof StageOutcome.Decided decided
        && decided.verdict().decision() instanceof Decision.LetGo;
  }
}
