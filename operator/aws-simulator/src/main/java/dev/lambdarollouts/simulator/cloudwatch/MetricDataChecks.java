package dev.lambdarollouts.simulator.cloudwatch;

import dev.lambdarollouts.simulator.protocol.AwsError;
import dev.lambdarollouts.simulator.protocol.Input;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What PutMetricData refuses, by its documentation. All mistakes of one kind are told together, a
 * line each, as CloudWatch does; one mistake refuses all data of the request.
 */
final class MetricDataChecks {
  private static final int MOST_DATA = 1000;
  private static final int MOST_VALUES = 150;
  private static final int LONGEST_NAME = 255;
  private static final Duration OLDEST = Duration.ofDays(14);
  private static final Duration FURTHEST_AHEAD = Duration.ofHours(2);
  private static final double LARGEST = Math.pow(2, 360);

  private final Instant now;
  private final List<String> missing = new ArrayList<>();
  private final List<String> invalid = new ArrayList<>();
  private final List<String> combined = new ArrayList<>();

  private MetricDataChecks(Instant now) {
    this.now = now;
  }

  /** Refuses what is wrong with a request; {@code now} is simulated time. */
  static void require(Input input, Instant now) {
    MetricDataChecks checks = new MetricDataChecks(now);
    checks.namespace(input.text("Namespace", ""));
    List<Input> data = input.objects("MetricData");
    if (data.isEmpty()) {
      checks.missing.add("The parameter MetricData is required.");
    }
    if (data.size() > MOST_DATA) {
      checks.invalid.add(
          "The collection MetricData must not have a size greater than " + MOST_DATA + ".");
    }
    for (int i = 0; i < data.size(); i++) {
      checks.datum("MetricData.member." + (i + 1) + ".", data.get(i));
    }
    checks.refuse();
  }

  private void refuse() {
    if (!missing.isEmpty()) {
      throw CloudWatchErrors.missing(String.join("\n", missing));
    }
    if (!invalid.isEmpty()) {
      throw CloudWatchErrors.invalidValue(String.join("\n", invalid));
    }
    if (!combined.isEmpty()) {
      throw CloudWatchErrors.invalidCombination(String.join("\n", combined));
    }
  }

  private void namespace(String namespace) {
    if (namespace.isEmpty()) {
      missing.add("The parameter Namespace is required.");
    } else if (namespace.startsWith("AWS/")) {
      invalid.add("The value AWS/ for parameter Namespace is invalid.");
    } else if (namespace.startsWith(":") || namespace.length() > LONGEST_NAME) {
      invalid.add("The value " + namespace + " for parameter Namespace is invalid.");
    }
  }

  private void datum(String member, Input datum) {
    String name = datum.text("MetricName", "");
    if (name.isEmpty()) {
      missing.add("The parameter " + member + "MetricName is required.");
    } else if (name.length() > LONGEST_NAME) {
      invalid.add("The value " + name + " for parameter " + member + "MetricName is invalid.");
    }
    invalid.addAll(MetricWords.wrongDimensions(member, datum.objects("Dimensions")));
    String unit = datum.text("Unit");
    if (unit != null && !MetricWords.UNITS.contains(unit)) {
      invalid.add(
          "The parameter "
              + member
              + "Unit must be a value in the set [ "
              + String.join(", ", MetricWords.UNITS)
              + " ].");
    }
    Integer resolution = datum.integer("StorageResolution");
    if (resolution != null && resolution != 1 && resolution != 60) {
      invalid.add("The parameter " + member + "StorageResolution must be 1 or 60.");
    }
    timestamp(member, datum.instant("Timestamp"));
    values(member, datum);
  }

  private void timestamp(String member, @Nullable Instant timestamp) {
    if (timestamp == null) {
      return;
    }
    if (timestamp.isBefore(now.minus(OLDEST))) {
      invalid.add(
          "The parameter " + member + "Timestamp must specify a time within the past two weeks.");
    }
    if (timestamp.isAfter(now.plus(FURTHEST_AHEAD))) {
      invalid.add(
          "The parameter "
              + member
              + "Timestamp must specify a time no more than two hours in the future.");
    }
  }

  private void values(String member, Input datum) {
    List<String> given =
        List.of("Value", "Values", "StatisticValues").stream()
            .filter(
                name -> name.equals("Values") ? !numbers(datum, name).isEmpty() : datum.has(name))
            .toList();
    if (given.isEmpty()) {
      combined.add(
          "At least one of the parameters must be specified: "
              + member
              + "Value, "
              + member
              + "Values or "
              + member
              + "StatisticValues.");
    }
    if (given.size() > 1) {
      combined.add(
          "The parameters "
              + member
              + given.getFirst()
              + " and "
              + member
              + given.get(1)
              + " are mutually exclusive and you have specified both.");
    }
    number(member + "Value", datum.number("Value"));
    Input statistics = datum.object("StatisticValues");
    if (statistics != null) {
      for (String name : List.of("SampleCount", "Sum", "Minimum", "Maximum")) {
        String parameter = member + "StatisticValues." + name;
        if (!statistics.has(name)) {
          missing.add("The parameter " + parameter + " is required.");
        }
        number(parameter, statistics.number(name));
      }
    }
    List<Double> values = numbers(datum, "Values");
    List<Double> counts = numbers(datum, "Counts");
    if (values.size() > MOST_VALUES) {
      invalid.add("The collection " + member + "Values must not have a size greater than 150.");
    }
    if (!counts.isEmpty() && counts.size() != values.size()) {
      invalid.add(
          "The parameters " + member + "Values and " + member + "Counts must be of the same size.");
    }
    for (int i = 0; i < values.size(); i++) {
      number(member + "Values.member." + (i + 1), values.get(i));
    }
    for (int i = 0; i < counts.size(); i++) {
      number(member + "Counts.member." + (i + 1), counts.get(i));
    }
  }

  private static List<Double> numbers(Input datum, String member) {
    try {
      return datum.numbers(member);
    } catch (NumberFormatException e) {
      throw new AwsError(
          "SerializationException", 400, "Member " + member + " could not be read as numbers");
    }
  }

  private void number(String parameter, @Nullable Double value) {
    if (value != null && !(Math.abs(value) <= LARGEST)) {
      invalid.add("The value " + value + " for parameter " + parameter + " is invalid.");
    }
  }
}
