package dev.lambdarollouts.controllers.loop;

import dev.lambdarollouts.controllers.observe.StageInQuestion;
import dev.lambdarollouts.engine.decide.Verdict;
import dev.lambdarollouts.engine.fact.Observation;

/** What a pass made of one stage. */
sealed interface StageOutcome {

  StageReading reading();

  /** The engine decided. */
  record Decided(StageReading reading, StageInQuestion question, Observation seen, Verdict verdict)
      implements StageOutcome {
    String name() {
      return reading.name();
    }
  }

  /**
   * Nothing is concluded and nothing is done.
   *
   * @param reason of the condition Stalled
   * @param message for people
   */
  record Held(StageReading reading, String reason, String message) implements StageOutcome {
    /** The reason where what is recorded cannot be understood. */
    static final String STATUS_UNREADABLE = "StatusUnreadable";
  }
}
