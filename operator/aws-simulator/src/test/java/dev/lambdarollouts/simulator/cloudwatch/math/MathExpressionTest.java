package dev.lambdarollouts.simulator.cloudwatch.math;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lambdarollouts.simulator.protocol.AwsError;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Over three periods of a minute: errors 1, missing, 4; calls 10, 20, 0. */
class MathExpressionTest {
  private static final Map<String, MathValue.Series> METRICS =
      Map.of("errors", series(1.0, null, 4.0), "calls", series(10.0, 20.0, 0.0));

  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource(
      delimiter = ';',
      value = {
        "100 * errors / calls; [10.0, null, null]",
        "100*errors/MAX([errors,calls]); [10.0, null, 100.0]",
        "FILL(errors, 0); [1.0, 0.0, 4.0]",
        "FILL(errors, REPEAT); [1.0, 1.0, 4.0]",
        "FILL(errors, LINEAR); [1.0, 2.5, 4.0]",
        "FILL(IF(calls > 5, errors), LINEAR); [1.0, null, null]",
        "SUM(FILL(METRICS(), 0)); [11.0, 20.0, 4.0]",
        "SUM([errors, calls]); [11.0, 20.0, 4.0]",
        "SUM(METRICS()); [11.0, 20.0, 4.0]",
        "AVG(calls); [10.0, 10.0, 10.0]",
        "IF(calls > 5, errors, 0); [1.0, null, 0.0]",
        "IF(calls >= 20 OR errors == 4, 1, 0); [0.0, null, 1.0]",
        "-errors + 2 ^ 3 - (1); [6.0, null, 3.0]",
        "2 + 3 * 4; [14.0, 14.0, 14.0]",
        "RATE(calls); [null, 0.16666666666666666, -0.3333333333333333]",
        "ABS(0 - calls) AND 1; [1.0, 1.0, 0.0]"
      })
  void anExpressionGivesASeries(String expression, String expected) {
    assertThat(evaluate(expression)).hasToString(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "errors +; it ends too early",
        "none * 2; there is no query none",
        "SEARCH(errors); does not have SEARCH. Name each metric",
        "SELECT SUM(errors) FROM x; does not have Metrics Insights",
        "SORT(errors); does not have the function SORT",
        "[errors, calls]; it must give one time series",
        "(errors; is missing",
        "errors ? 1; unreadable at"
      })
  void whatCannotBeEvaluatedIsToldAndWhy(String expression, String why) {
    assertThatThrownBy(() -> evaluate(expression))
        .isInstanceOf(AwsError.class)
        .hasMessageContaining(why);
  }

  private static List<@Nullable Double> evaluate(String expression) {
    return MathExpression.evaluate(expression, 3, 60, METRICS::get, METRICS).points();
  }

  private static MathValue.Series series(@Nullable Double... points) {
    return new MathValue.Series(Arrays.asList(points));
  }
}
