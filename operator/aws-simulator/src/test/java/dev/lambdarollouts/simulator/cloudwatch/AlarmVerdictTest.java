package dev.lambdarollouts.simulator.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The two tables of the CloudWatch User Guide, "How alarm state is evaluated when data is missing":
 * 0 is a point within the threshold, X one that breaches, - a missing one; the newest is last.
 */
class AlarmVerdictTest {

  @ParameterizedTest(name = "3 of 3, {0}: missing {1}, ignore {2}, breaching {3}, notBreaching {4}")
  @CsvSource({
    "0-X-X, OK, OK, OK, OK",
    "----0, OK, OK, OK, OK",
    "-----, INSUFFICIENT_DATA, retain, ALARM, OK",
    "0XX-X, ALARM, ALARM, ALARM, ALARM",
    "--X--, ALARM, retain, ALARM, OK"
  })
  void threeOutOfThree(
      String points, String missing, String ignore, String breaching, String notBreaching) {
    verify(points, 3, missing, ignore, breaching, notBreaching);
  }

  @ParameterizedTest(name = "2 of 3, {0}: missing {1}, ignore {2}, breaching {3}, notBreaching {4}")
  @CsvSource({
    "0-X-X, ALARM, ALARM, ALARM, ALARM",
    "00X0X, ALARM, ALARM, ALARM, ALARM",
    "0-X--, OK, OK, ALARM, OK",
    "----0, OK, OK, ALARM, OK",
    "---X-, ALARM, retain, ALARM, OK"
  })
  void twoOutOfThree(
      String points, String missing, String ignore, String breaching, String notBreaching) {
    verify(points, 2, missing, ignore, breaching, notBreaching);
  }

  @ParameterizedTest(name = "3 of 3, {0}: too early for ALARM")
  @CsvSource({"----X", "---X-"})
  void breachingPointsThatAreYoungerThanMChangeNothingYet(String points) {
    assertThat(verdict(points, 3, "missing")).isEqualTo("retain");
  }

  @ParameterizedTest(name = "1 of 1, {0}: {1}")
  @CsvSource({"--X, ALARM", "-X-, ALARM", "X--, ALARM", "---, OK", "X-0, OK"})
  void realPointsOfTheRangeGoBeforeFilledOnes(String points, String expected) {
    assertThat(verdictOf(points, 1, 1, "notBreaching")).isEqualTo(expected);
  }

  private static void verify(
      String points,
      int toAlarm,
      String missing,
      String ignore,
      String breaching,
      String notBreaching) {
    assertThat(verdict(points, toAlarm, "missing")).isEqualTo(missing);
    assertThat(verdict(points, toAlarm, "ignore")).isEqualTo(ignore);
    assertThat(verdict(points, toAlarm, "breaching")).isEqualTo(breaching);
    assertThat(verdict(points, toAlarm, "notBreaching")).isEqualTo(notBreaching);
  }

  private static String verdict(String points, int toAlarm, String treatment) {
    return verdictOf(points, 3, toAlarm, treatment);
  }

  private static String verdictOf(String points, int periods, int toAlarm, String treatment) {
    List<@Nullable Double> range = new ArrayList<>();
    for (int i = 0; i < points.length(); i++) {
      char point = points.charAt(i);
      range.add(point == '-' ? null : point == 'X' ? (Double) 1.0 : (Double) 0.0);
    }
    AlarmState.Value value =
        AlarmVerdict.of(range, periods, toAlarm, treatment, number -> number > 0).value();
    return value == null ? "retain" : value.name();
  }
}
