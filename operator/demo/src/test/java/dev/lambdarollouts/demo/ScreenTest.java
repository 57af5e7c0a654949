package dev.lambdarollouts.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class ScreenTest {
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  private Screen screen(boolean terminal) {
    return new Screen(new PrintStream(written, true, UTF_8), terminal, 20);
  }

  @Test
  void intoAFileGoOnlyTheLinesThatStay() {
    Screen screen = screen(false);
    screen.live("50%");
    screen.line("one");
    screen.live("60%");
    screen.line("two");
    assertThat(written.toString(UTF_8))
        .isEqualTo("one" + System.lineSeparator() + "two" + System.lineSeparator());
  }

  @Test
  void onATerminalTheLiveLineStaysBelowTheOthersAndNeverWraps() {
    Screen screen = screen(true);
    screen.live("a live line that is longer than the terminal");
    screen.line("one");
    assertThat(written.toString(UTF_8))
        .isEqualTo(
            "\r\u001b[Ka live line that is\r\u001b[Kone"
                + System.lineSeparator()
                + "a live line that is");
  }
}
