package dev.lambdarollouts.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TrafficBarTest {

  @Test
  void showsWhatTheAliasSaysBesideWhatWasServed() {
    assertThat(TrafficBar.draw(new TreeMap<>(Map.of(1, 90.0, 2, 10.0)), Map.of(1, 893L, 2, 107L)))
        .isEqualTo(
            "  [██████████████████░░] alias v1 90%, v2 10% · last minute v1 89.3%, v2 10.7%");
  }

  @Test
  void isAsLongForOneVersionAndWithoutTraffic() {
    assertThat(TrafficBar.draw(new TreeMap<>(Map.of(7, 100.0)), Map.of()))
        .isEqualTo("  [████████████████████] alias v7 100% · last minute nothing yet");
  }
}
