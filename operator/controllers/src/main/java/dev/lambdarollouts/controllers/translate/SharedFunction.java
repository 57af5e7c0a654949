package dev.lambdarollouts.controllers.translate;

import dev.lambdarollouts.engine.fact.SideSettings;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Whether two stages may share one function in AWS, by aliases of their own. */
public final class SharedFunction {
  private SharedFunction() {}

  /** What they ask for that one function cannot have; absent when it can. */
  public static @Nullable String problem(SideSettings one, SideSettings other, String otherStage) {
    if (!Objects.equals(one.reservedConcurrency(), other.reservedConcurrency())) {
      return "reservedConcurrency is "
          + text(one.reservedConcurrency())
          + ", and of stage "
          + otherStage
          + ", which shares the function, "
          + text(other.reservedConcurrency())
          + ": write the same in both, or give each stage a function of its own"
          + " (functionNameTemplate)";
    }
    return one.provisionedConcurrency() != null || other.provisionedConcurrency() != null
        ? "provisionedConcurrency stands on versions, and stage "
            + otherStage
            + " shares the function and may run the same ones: remove it from both, or give each"
            + " stage a function of its own (functionNameTemplate)"
        : null;
  }

  private static String text(@Nullable Integer number) {
    return number == null ? "absent" : number.toString();
  }
}
