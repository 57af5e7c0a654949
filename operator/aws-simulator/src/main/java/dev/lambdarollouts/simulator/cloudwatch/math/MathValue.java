package dev.lambdarollouts.simulator.cloudwatch.math;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * A value of metric math: a number, a series over the periods that are looked at, or several
 * series. A missing point is null, and so is what no number comes of, such as a division by zero.
 */
public sealed interface MathValue {

  /** The same at every period. */
  record Scalar(double value) implements MathValue {}

  /** One point per period, oldest first. */
  record Series(List<@Nullable Double> points) implements MathValue {}

  /** An array of series: {@code [m1, m2]} or {@code METRICS()}. */
  record Several(List<Series> series) implements MathValue {}

  /** The series that this value is, over so many periods; null if it is several. */
  default @Nullable Series asSeries(int periods) {
    return switch (this) {
      case Series series -> series;
      case Scalar(double value) -> {
        List<@Nullable Double> points = new ArrayList<>();
        for (int i = 0; i < periods; i++) {
          points.add(value);
        }
        yield new Series(points);
      }
      case Several _ -> null;
    };
  }

  static Series map(Series series, DoubleUnaryOperator operation) {
    List<@Nullable Double> points = new ArrayList<>();
    for (Double point : series.points()) {
      points.add(point == null ? null : finite(operation.applyAsDouble(point)));
    }
    return new Series(points);
  }

  /** Point by point; where one is missing, so is the result. */
  static Series zip(Series left, Series right, DoubleBinaryOperator operation) {
    List<@Nullable Double> points = new ArrayList<>();
    for (int i = 0; i < left.points().size(); i++) {
      Double a = left.points().get(i);
      Double b = right.points().get(i);
      points.add(a == null || b == null ? null : finite(operation.applyAsDouble(a, b)));
    }
    return new Series(points);
  }

  /** One point of what the series have at each period; missing only where all are. */
  static Series across(List<Series> series, Statistic statistic) {
    List<@Nullable Double> points = new ArrayList<>();
    int periods = series.isEmpty() ? 0 : series.getFirst().points().size();
    for (int i = 0; i < periods; i++) {
      List<@Nullable Double> here = new ArrayList<>();
      for (Series one : series) {
        here.add(one.points().get(i));
      }
      points.add(statistic.of(here));
    }
    return new Series(points);
  }

  /** A statistic of the points that are there. */
  enum Statistic {
    SUM,
    AVG,
    MIN,
    MAX;

    @Nullable Double of(List<@Nullable Double> points) {
      List<Double> present = new ArrayList<>();
      for (Double point : points) {
        if (point != null) {
          present.add(point);
        }
      }
      if (present.isEmpty()) {
        return null;
      }
      DoubleStream values = present.stream().mapToDouble(Double::doubleValue);
      return switch (this) {
        case SUM -> values.sum();
        case AVG -> values.sum() / present.size();
        case MIN -> values.min().orElseThrow();
        case MAX -> values.max().orElseThrow();
      };
    }
  }

  private static @Nullable Double finite(double value) {
    return Double.isFinite(value) ? (Double) value : null;
  }
}
