package dev.lambdarollouts.controllers.translate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KubernetesDurationTest {

  @ParameterizedTest
  @CsvSource({
    "30s, PT30S",
    "5m, PT5M",
    "1h30m, PT1H30M",
    "1.5h, PT1H30M",
    "0.5ms, PT0.0005S",
    "1.000000001s, PT1.000000001S",
    "90m, PT1H30M",
    "1m1m, PT2M",
    "0s, PT0S",
    "2562047h, PT2562047H"
  })
  void what_Kubernetes_writes_is_read(String text, Duration expected) {
    assertThat(KubernetesDuration.parse(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "5",
        "5 m",
        "m",
        "-5m",
        "5d",
        "1,5h",
        ".5h",
        "5.h",
        "PT5M",
        "2562048h",
        "99999999999999999999999999999h",
        "٣m"
      })
  void anything_else_is_no_duration(String text) {
    assertThat(KubernetesDuration.parse(text)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S, 0s",
    "PT90M, 1h30m",
    "PT1H1S, 1h1s",
    "PT1M0.5S, 1m0.5s",
    "PT48H, 48h",
    "PT0.000000001S, 0.000000001s",
    "PT10M10S, 10m10s"
  })
  void text_is_what_people_would_write(Duration duration, String text) {
    assertThat(KubernetesDuration.text(duration)).isEqualTo(text);
  }

  @Test
  void every_duration_comes_back_from_its_text() {
    Random random = new Random(1);
    for (int run = 0; run < 10_000; run++) {
      Duration duration =
          Duration.ofSeconds(random.nextLong(2_562_047L * 3600), random.nextInt(1_000_000_000));

      assertThat(KubernetesDuration.parse(KubernetesDuration.text(duration))).isEqualTo(duration);
    }
  }
}
