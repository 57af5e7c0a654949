package dev.lambdarollouts.engine.decide;

import dev.lambdarollouts.engine.progress.Progress;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was decided about a stage, and why.
 *
 * @param progress to be recorded before the decision is carried out; equal to the one before when
 *     there is nothing new
 * @param rule which rule decided: its class' simple name
 * @param why one sentence, for people
 * @param wakeAt when to look again if nothing happens before; absent when only an event can change
 *     anything
 * @param standing what people and tools are told of it
 * @param transitions what changed on the way, oldest first
 * @param actions what became of the open actions
 */
public record Verdict(
    Decision decision,
    Progress progress,
    String rule,
    String why,
    @Nullable Instant wakeAt,
    Standing standing,
    List<Transition> transitions,
    List<JudgedAction> actions) {

  public Verdict {
    transitions = List.copyOf(transitions);
    actions = List.copyOf(actions);
  }
}
