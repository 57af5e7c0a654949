package dev.lambdarollouts.controllers.report;

import dev.lambdarollouts.crds.common.Condition;
import dev.lambdarollouts.crds.common.Condition.Truth;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The conditions of one object in the making. Those that somebody else keeps there stay; the time
 * of a transition changes only with the status of its condition.
 */
public final class Conditions {
  private final List<Condition> before;
  private final List<Condition> made = new ArrayList<>();
  private final @Nullable Long generation;
  private final Instant at;

  /**
   * @param before as they stand
   * @param generation that they are judged on
   */
  public Conditions(List<Condition> before, @Nullable Long generation, Instant at) {
    this.before = before;
    this.generation = generation;
    this.at = at;
  }

  /** Sets one. */
  public Conditions set(String type, Truth status, String reason, String message) {
    Instant since =
        before.stream()
            .filter(one -> one.type().equals(type) && one.status() == status)
            .map(Condition::lastTransitionTime)
            .findFirst()
            .orElse(at);
    made.add(new Condition(type, status, generation, since, reason, message));
    return this;
  }

  /**
   * All of them.
   *
   * @param ours the types that are left out unless they were set
   */
  public List<Condition> build(Set<String> ours) {
    List<Condition> all = new ArrayList<>(made);
    before.stream()
        .filter(one -> !ours.contains(one.type()))
        .filter(one -> made.stream().noneMatch(other -> other.type().equals(one.type())))
        .forEach(all::add);
    return List.copyOf(all);
  }
}
