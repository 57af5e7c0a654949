package dev.lambdarollouts.controllers.loop;

import dev.lambdarollouts.controllers.model.Interference;
import dev.lambdarollouts.engine.fact.AwsFailure;
import org.jspecify.annotations.Nullable;

/** Ends the process at the first call of a kind, before its effect. */
final class DiesAt implements Interference {
  private final String call;

  DiesAt(String call) {
    this.call = call;
  }

  /** The process is dead: nothing may catch this. */
  static final class Death extends Error {
    private static final long serialVersionUID = 1;

    Death(String where) {
      super(where);
    }
  }

  @Override
  public @Nullable AwsFailure before(String now) {
    if (now.equals(call)) {
      throw new Death(call);
    }
    return null;
  }

  /** Runs until the process dies. */
  static void run(Runnable work) {
    try {
      work.run();
    } catch (Death expected) {
      return;
    }
    throw new AssertionError("the process was to die and did not");
  }
}
