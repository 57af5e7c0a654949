package dev.lambdarollouts.reliability.faults;

import dev.lambdarollouts.controllers.model.ModelWorld;
import dev.lambdarollouts.engine.fact.ReleaseId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Tells a plot once, with one fault. */
final class Telling {
  /** Longer than any outage, with every pause of the plot after it. */
  private static final Duration PATIENCE = Duration.ofMinutes(150);

  /** Between two looks while an alarm fires. */
  private static final Duration LOOK = Duration.ofSeconds(5);

  private static final Duration RESYNC = Duration.ofMinutes(31);
  private static final int RESYNCS = 3;

  private final Plot plot;
  private final Fault fault;
  private final ModelWorld world;
  private final Witness witness;

  /** How it went: violations, and for people every call. */
  record Outcome(List<String> violations, List<String> trace) {}

  /**
   * @param traced every call is written down, for people; takes a quarter longer
   */
  Telling(Plot plot, Fault fault, boolean traced) {
    this.plot = plot;
    this.fault = fault;
    this.world = plot.opening().get();
    this.witness = new Witness(world, fault, traced);
    fault.tells(this);
  }

  ModelWorld world() {
    return world;
  }

  Witness witness() {
    return witness;
  }

  /** The process is dead; another one starts. */
  void restart() {
    witness.restarted();
    world.restart();
  }

  Outcome tell(Promise promise, Ending undisturbed) {
    try {
      BooleanSupplier waitsForAPerson =
          () -> promise == Promise.AN_END_OR_DRIFT && Standings.drifts(world);
      boolean over = scenes(waitsForAPerson);
      if (!over && !waitsForAPerson.getAsBoolean()) {
        witness.broken("no end: " + Ending.of(world));
      }
      rest();
      versions();
      String broken = promise.broken(undisturbed, this);
      if (broken != null) {
        witness.broken(broken);
      }
    } catch (RuntimeException | AssertionError problem) {
      witness.broken("thrown: " + problem);
    }
    return new Outcome(witness.violations(), witness.trace());
  }

  /** How it ends when nothing goes wrong. */
  Ending undisturbed() {
    boolean over = scenes(() -> false);
    rest();
    if (!over || !witness.violations().isEmpty()) {
      throw new AssertionError(
          plot
              + " alone: "
              + witness.violations()
              + ", over: "
              + over
              + "\n"
              + String.join("\n", witness.trace()));
    }
    return Ending.of(world);
  }

  /**
   * @param waits a person has to come: nothing more is to be seen
   */
  private boolean scenes(BooleanSupplier waits) {
    for (int number = 1; number <= plot.scenes().size(); number++) {
      Plot.Scene scene = plot.scenes().get(number - 1);
      surviving(() -> scene.when().test(world), PATIENCE);
      surviving(() -> false, scene.after());
      witness.note("-- scene " + number);
      fault.happens(number, () -> scene.happening().accept(world));
    }
    surviving(() -> false, fault.lasts());
    boolean over = surviving(() -> Standings.isOver(world) || waits.getAsBoolean(), PATIENCE);
    fault.ends();
    // Whatever it did at the last moment has a while to be seen.
    surviving(() -> false, Duration.ofMinutes(1));
    return over && Standings.isOver(world);
  }

  /** Moves on until something is so, or a while has passed; a process that dies starts again. */
  private boolean surviving(BooleanSupplier isSo, Duration limit) {
    Instant until = world.time().truly().plus(limit);
    while (true) {
      try {
        Duration left = Duration.between(world.time().truly(), until);
        Duration look = witness.looksClosely() && left.compareTo(LOOK) > 0 ? LOOK : left;
        if (world.advanceUntil(
            () -> {
              witness.tick();
              return isSo.getAsBoolean();
            },
            look)) {
          return true;
        }
        if (look.equals(left)) {
          return false;
        }
      } catch (Fault.Death death) {
        fault.afterDeath();
        until = world.time().truly().plus(limit);
      }
    }
  }

  /** Invariant 16. */
  private void rest() {
    witness.note("-- at rest");
    world.aws().forgetCalls();
    world.cluster().forgetWrites();
    for (int count = 0; count < RESYNCS; count++) {
      world.resync();
      world.advance(RESYNC);
    }
    List<String> written = new ArrayList<>(world.cluster().writes());
    world.aws().calls().stream().filter(Calls::isMutating).forEach(written::add);
    if (!written.isEmpty()) {
      witness.broken("16: at rest the operator writes " + written);
    }
  }

  /** Invariant 4. */
  private void versions() {
    for (String function : world.aws().functions().names()) {
      List<ReleaseId> releases = world.aws().functions().releases(function);
      if (new HashSet<>(releases).size() < releases.size()) {
        witness.broken("4: " + function + " has one release twice: " + releases);
      }
    }
  }
}
