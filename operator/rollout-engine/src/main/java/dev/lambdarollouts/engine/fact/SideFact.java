package dev.lambdarollouts.engine.fact;

import dev.lambdarollouts.engine.progress.SideSetting;
import java.util.Map;

/** What is set in AWS beside the release. */
public sealed interface SideFact {

  /** Not asked for: nothing of it is to be set or taken back now. */
  record NotRead() implements SideFact {}

  /** Could not be read. */
  record Unknown(AwsFailure failure) implements SideFact {}

  /**
   * What was asked about, and how it stands.
   *
   * @param failures AWS' own words, of what FAILED
   */
  record Seen(Map<SideSetting, State> states, Map<SideSetting, String> failures)
      implements SideFact {
    public Seen {
      states = Map.copyOf(states);
      failures = Map.copyOf(failures);
    }
  }

  /** How one setting stands. */
  enum State {
    /** AWS' default: nobody set anything. */
    ABSENT,
    /** Something else is set than is wanted. */
    OTHER,
    /** As wanted, and AWS is still at work on it. */
    IN_PROGRESS,
    /** As wanted, and AWS gave up. */
    FAILED,
    /** As wanted. */
    AS_WANTED
  }
}
