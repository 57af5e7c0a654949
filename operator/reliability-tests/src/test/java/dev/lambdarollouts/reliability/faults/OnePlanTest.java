package dev.lambdarollouts.reliability.faults;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** One plan again, by its text as a failure prints it, with every call shown. */
class OnePlanTest {
  @Test
  @EnabledIfSystemProperty(named = "plan", matches = ".+")
  void thePlanOfThatText() {
    Plans plans = new Plans(true);
    FaultPlan plan = plans.named(System.getProperty("plan"));

    Telling.Outcome outcome = plans.traced(plan);

    System.out.println(plan + "\n" + String.join("\n", outcome.trace()));
    assertThat(outcome.violations()).isEmpty();
  }
}
