package dev.lambdarollouts.reliability.faults;

import dev.lambdarollouts.controllers.model.ModelWorld;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A story that can be told again and again: what people and CloudWatch do, and when.
 *
 * @param opening a world of its own for each telling
 * @param goesBack somebody or something in it takes traffic off a candidate
 */
record Plot(String name, Supplier<ModelWorld> opening, boolean goesBack, List<Scene> scenes) {

  /**
   * Something happens.
   *
   * @param when it waits for this, and then as long as {@code after}
   */
  record Scene(Predicate<ModelWorld> when, Duration after, Consumer<ModelWorld> happening) {
    static Scene first(Consumer<ModelWorld> happening) {
      return new Scene(world -> true, Duration.ZERO, happening);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
