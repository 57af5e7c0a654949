package dev.lambdarollouts.simulator.cloudwatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lambdarollouts.simulator.protocol.AwsError;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules over alarm {@code a} in ALARM, {@code b} in OK and {@code c} in INSUFFICIENT_DATA. */
class AlarmRuleTest {
  private static final Map<String, AlarmState.Value> STATES =
      Map.of(
          "a", AlarmState.Value.ALARM,
          "b", AlarmState.Value.OK,
          "c", AlarmState.Value.INSUFFICIENT_DATA,
          "with (brackets)", AlarmState.Value.ALARM);

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource(
      delimiter = ';',
      value = {
        "ALARM(a); true",
        "ALARM(b); false",
        "OK(\"b\"); true",
        "INSUFFICIENT_DATA(c); true",
        "ALARM(\"with (brackets)\"); true",
        "ALARM(unknown); false",
        "NOT ALARM(b); true",
        "NOT (ALARM(a) AND OK(b)); false",
        "ALARM(a) OR ALARM(b) AND ALARM(c); true",
        "(ALARM(a) OR ALARM(b)) AND ALARM(c); false",
        "NOT ALARM(b) AND NOT ALARM(c); true",
        "TRUE AND NOT FALSE; true"
      })
  void theRuleHoldsOrNot(String rule, boolean holds) {
    assertThat(AlarmRule.parse(rule).holds(STATES::get)).isEqualTo(holds);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "ALARM", "ALARM(a", "ALARM(a) AND", "ALARM(a) ALARM(b)", "a", "ALARM()"})
  void whatIsNoRuleIsRefused(String rule) {
    assertThatThrownBy(() -> AlarmRule.parse(rule)).isInstanceOf(AwsError.class);
  }
}
