package dev.lambdarollouts.simulator.cloudwatch.math;

import dev.lambdarollouts.simulator.protocol.AwsError;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The functions and operators of metric math, over a number of periods. */
final class MathFunctions {
  private final int periods;
  private final int periodSeconds;
  private final Function<String, AwsError> invalid;

  /**
   * Functions over so many periods.
   *
   * @param invalid words a mistake in the expression
   */
  MathFunctions(int periods, int periodSeconds, Function<String, AwsError> invalid) {
    this.periods = periods;
    this.periodSeconds = periodSeconds;
    this.invalid = invalid;
  }

  MathValue call(String name, List<MathValue> arguments) {
    MathValue first = arguments.getFirst();
    return switch (name) {
      case "IF" -> choice(arguments);
      case "SUM", "AVG", "MIN", "MAX" -> statistic(MathValue.Statistic.valueOf(name), first);
      case "ABS" -> MathValue.map(one(first), Math::abs);
      case "CEIL" -> MathValue.map(one(first), Math::ceil);
      case "FLOOR" -> MathValue.map(one(first), Math::floor);
      case "RATE" -> rate(one(first));
      default -> throw invalid.apply("aws-simulator does not have the function " + name);
    };
  }

  /** Point by point; of two numbers a number. */
  MathValue both(MathValue left, MathValue right, DoubleBinaryOperator operation) {
    if (left instanceof MathValue.Scalar(double a) && right instanceof MathValue.Scalar(double b)) {
      double value = operation.applyAsDouble(a, b);
      return Double.isFinite(value) ? new MathValue.Scalar(value) : missing();
    }
    return MathValue.zip(one(left), one(right), operation);
  }

  /** Missing points are what the filling has there. */
  MathValue.Series fill(MathValue.Series series, MathValue.Series filling) {
    List<@Nullable Double> points = new ArrayList<>();
    for (int i = 0; i < periods; i++) {
      Double point = series.points().get(i);
      points.add(point == null ? filling.points().get(i) : point);
    }
    return new MathValue.Series(points);
  }

  /** Missing points are what the point before them is. */
  MathValue.Series repeat(MathValue.Series series) {
    List<@Nullable Double> points = new ArrayList<>();
    Double last = null;
    for (Double point : series.points()) {
      last = point == null ? last : point;
      points.add(last);
    }
    return new MathValue.Series(points);
  }

  /** Missing points between two others lie on the line from one to the other. */
  MathValue.Series interpolate(MathValue.Series series) {
    List<@Nullable Double> points = new ArrayList<>(series.points());
    int before = -1;
    for (int i = 0; i < points.size(); i++) {
      Double after = points.get(i);
      if (after == null) {
        continue;
      }
      Double start = before < 0 ? null : points.get(before);
      for (int gap = before + 1; start != null && gap < i; gap++) {
        points.set(gap, start + (after - start) * (gap - before) / (i - before));
      }
      before = i;
    }
    return new MathValue.Series(points);
  }

  /** The one series that a value is. */
  MathValue.Series one(MathValue value) {
    MathValue.Series series = value.asSeries(periods);
    if (series == null) {
      throw invalid.apply("an array stands where one time series is needed");
    }
    return series;
  }

  /** Of several series point by point; of one series over all its points, a number. */
  private MathValue statistic(MathValue.Statistic statistic, MathValue argument) {
    if (argument instanceof MathValue.Several(var series)) {
      return MathValue.across(series, statistic);
    }
    Double value = statistic.of(one(argument).points());
    return value == null ? missing() : new MathValue.Scalar(value);
  }

  private MathValue choice(List<MathValue> arguments) {
    if (arguments.size() < 2 || arguments.size() > 3) {
      throw invalid.apply("IF takes a condition, a value and another value");
    }
    List<@Nullable Double> condition = one(arguments.getFirst()).points();
    List<@Nullable Double> then = one(arguments.get(1)).points();
    List<@Nullable Double> otherwise =
        arguments.size() == 3 ? one(arguments.get(2)).points() : missing().points();
    List<@Nullable Double> points = new ArrayList<>();
    for (int i = 0; i < periods; i++) {
      Double decides = condition.get(i);
      points.add(decides == null ? null : decides != 0 ? then.get(i) : otherwise.get(i));
    }
    return new MathValue.Series(points);
  }

  /** The change per second since the point before. */
  private MathValue rate(MathValue.Series series) {
    List<@Nullable Double> points = new ArrayList<>();
    Double before = null;
    for (Double point : series.points()) {
      points.add(
          point == null || before == null ? null : (Double) ((point - before) / periodSeconds));
      before = point;
    }
    return new MathValue.Series(points);
  }

  private MathValue.Series missing() {
    List<@Nullable Double> points = new ArrayList<>();
    for (int i = 0; i < periods; i++) {
      points.add(null);
    }
    return new MathValue.Series(points);
  }
}
