package dev.lambdarollouts.simulator.cloudwatch;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Values that fell into one period, enough of them to give every statistic. */
final class Datapoints {
  private final NavigableMap<Double, Double> counts = new TreeMap<>();
  private double samples;
  private double sum;
  private double minimum = Double.POSITIVE_INFINITY;
  private double maximum = Double.NEGATIVE_INFINITY;

  void add(double value, double count) {
    counts.merge(value, count, Double::sum);
    samples += count;
    sum += value * count;
    minimum = Math.min(minimum, value);
    maximum = Math.max(maximum, value);
  }

  /** Adds a set of which only its statistics are known. */
  void addStatistics(double setSamples, double setSum, double setMinimum, double setMaximum) {
    counts.merge(setSum / Math.max(setSamples, 1), setSamples, Double::sum);
    samples += setSamples;
    sum += setSum;
    minimum = Math.min(minimum, setMinimum);
    maximum = Math.max(maximum, setMaximum);
  }

  void addAll(Datapoints other) {
    other.counts.forEach((value, count) -> counts.merge(value, count, Double::sum));
    samples += other.samples;
    sum += other.sum;
    minimum = Math.min(minimum, other.minimum);
    maximum = Math.max(maximum, other.maximum);
  }

  boolean isEmpty() {
    return samples == 0;
  }

  double samples() {
    return samples;
  }

  /**
   * @param statistic {@code Sum}, {@code Average}, {@code Minimum}, {@code Maximum}, {@code
   *     SampleCount} or a percentile such as {@code p99.9}
   */
  double statistic(String statistic) {
    return switch (statistic) {
      case "Sum" -> sum;
      case "Average" -> sum / samples;
      case "Minimum" -> minimum;
      case "Maximum" -> maximum;
      case "SampleCount" -> samples;
      default -> percentile(Double.parseDouble(statistic.substring(1)));
    };
  }

  /** Whether {@link #statistic} knows it. */
  static boolean knows(String statistic) {
    return switch (statistic) {
      case "Sum", "Average", "Minimum", "Maximum", "SampleCount" -> true;
      default -> statistic.matches("p(\\d{1,2}(\\.\\d{1,10})?|100)");
    };
  }

  private double percentile(double percent) {
    double rank = percent / 100 * samples;
    double seen = 0;
    for (Map.Entry<Double, Double> entry : counts.entrySet()) {
      seen += entry.getValue();
      if (seen >= rank) {
        return entry.getKey();
      }
    }
    return maximum;
  }
}
