package dev.lambdarollouts.simulator.cloudwatch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.lambdarollouts.simulator.protocol.Json;
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

  /** As numbers: samples, sum, minimum, maximum, then each value with its count. */
  ArrayNode save() {
    ArrayNode numbers = Json.array().add(samples).add(sum).add(minimum).add(maximum);
    counts.forEach((value, count) -> numbers.add(value).add(count));
    return numbers;
  }

  static Datapoints restore(JsonNode numbers) {
    Datapoints points = new Datapoints();
    points.samples = numbers.path(0).asDouble();
    points.sum = numbers.path(1).asDouble();
    points.minimum = numbers.path(2).asDouble();
    points.maximum = numbers.path(3).asDouble();
    for (int i = 4; i + 1 < numbers.size(); i += 2) {
      points.counts.put(numbers.path(i).asDouble(), numbers.path(i + 1).asDouble());
    }
    return points;
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
