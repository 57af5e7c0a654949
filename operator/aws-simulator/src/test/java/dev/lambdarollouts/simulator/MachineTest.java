package dev.lambdarollouts.simulator;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

class MachineTest {
  @Test
  void aSkippedTestNamesWhatIsMissing() {
    assertThatThrownBy(() -> Machine.assumeHas("program-of-MachineTest"))
        .isInstanceOf(TestAbortedException.class)
        .hasMessageContaining("This machine has no program-of-MachineTest");
  }

  @Test
  void whatIsThereSkipsNothing() {
    assertThatCode(() -> Machine.assumeHas("sh")).doesNotThrowAnyException();
  }
}
