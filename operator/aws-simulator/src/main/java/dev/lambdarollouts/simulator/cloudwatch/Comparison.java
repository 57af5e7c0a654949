package dev.lambdarollouts.simulator.cloudwatch;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoublePredicate;

/** How an alarm compares a value with its threshold, and how AWS says so. */
enum Comparison {
  GreaterThanOrEqualToThreshold("greater than or equal to"),
  GreaterThanThreshold("greater than"),
  LessThanThreshold("less than"),
  LessThanOrEqualToThreshold("less than or equal to");

  private final String words;

  Comparison(String words) {
    this.words = words;
  }

  static List<String> names() {
    return Arrays.stream(values()).map(Enum::name).toList();
  }

  String words() {
    return words;
  }

  DoublePredicate breaches(double threshold) {
    return switch (this) {
      case GreaterThanOrEqualToThreshold -> value -> value >= threshold;
      case GreaterThanThreshold -> value -> value > threshold;
      case LessThanThreshold -> value -> value < threshold;
      case LessThanOrEqualToThreshold -> value -> value <= threshold;
    };
  }
}
