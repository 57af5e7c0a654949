package dev.lambdarollouts.simulator.cloudwatch;

import dev.lambdarollouts.simulator.protocol.Input;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What may stand in requests about metrics, by the service model and its documentation. */
final class MetricWords {
  static final List<String> UNITS =
      List.of(
          "Seconds",
          "Microseconds",
          "Milliseconds",
          "Bytes",
          "Kilobytes",
          "Megabytes",
          "Gigabytes",
          "Terabytes",
          "Bits",
          "Kilobits",
          "Megabits",
          "Gigabits",
          "Terabits",
          "Percent",
          "Count",
          "Bytes/Second",
          "Kilobytes/Second",
          "Megabytes/Second",
          "Gigabytes/Second",
          "Terabytes/Second",
          "Bits/Second",
          "Kilobits/Second",
          "Megabits/Second",
          "Gigabits/Second",
          "Terabits/Second",
          "Count/Second",
          "None");

  /** PutMetricAlarm's and PutMetricData's most dimensions of a metric. */
  static final int MOST_DIMENSIONS = 30;

  private static final Pattern ID = Pattern.compile("[a-z][a-zA-Z0-9_]*");
  private static final Pattern DIMENSION_NAME = Pattern.compile("(?=.*[!-~])[ -9;-~][ -~]{0,254}");
  private static final Pattern DIMENSION_VALUE = Pattern.compile("(?=.*[!-~])[ -~]{1,1024}");

  private MetricWords() {}

  /**
   * What is wrong with dimensions, one sentence for each mistake.
   *
   * @param parent the path of the list, such as {@code MetricData.member.1.}; may be empty
   */
  static List<String> wrongDimensions(String parent, List<Input> dimensions) {
    List<String> wrong = new ArrayList<>();
    if (dimensions.size() > MOST_DIMENSIONS) {
      wrong.add(
          "The collection "
              + parent
              + "Dimensions must not have a size greater than "
              + MOST_DIMENSIONS
              + ".");
    }
    Set<String> names = new HashSet<>();
    for (int i = 0; i < dimensions.size(); i++) {
      String member = parent + "Dimensions.member." + (i + 1) + ".";
      String name = dimensions.get(i).text("Name", "");
      String value = dimensions.get(i).text("Value", "");
      if (!DIMENSION_NAME.matcher(name).matches()) {
        wrong.add("The value " + name + " for parameter " + member + "Name is invalid.");
      }
      if (!DIMENSION_VALUE.matcher(value).matches()) {
        wrong.add("The value " + value + " for parameter " + member + "Value is invalid.");
      }
      if (!names.add(name)) {
        wrong.add("The name " + name + " of " + member + "Name is given twice.");
      }
    }
    return wrong;
  }

  /** What is wrong with the ids and periods of metric queries, one sentence for each mistake. */
  static List<String> wrongQueries(String list, List<Input> queries) {
    List<String> wrong = new ArrayList<>();
    for (int i = 0; i < queries.size(); i++) {
      Input query = queries.get(i);
      String member = list + ".member." + (i + 1) + ".";
      String id = query.required("Id");
      if (!ID.matcher(id).matches() || id.length() > 255) {
        wrong.add(
            "The value "
                + id
                + " for parameter "
                + member
                + "Id is not matching the expected pattern ^[a-z][a-zA-Z0-9_]*$.");
      }
      Input stat = query.object("MetricStat");
      if (stat != null) {
        wrong.addAll(wrongStat(member + "MetricStat.", stat));
      } else if (query.has("Period") && !isPeriod(query.requiredInteger("Period"))) {
        wrong.add(wrongPeriod(member));
      }
    }
    return wrong;
  }

  private static List<String> wrongStat(String parent, Input stat) {
    List<String> wrong = new ArrayList<>();
    if (!isPeriod(stat.requiredInteger("Period"))) {
      wrong.add(wrongPeriod(parent));
    }
    String unit = stat.text("Unit");
    if (unit != null && !UNITS.contains(unit)) {
      wrong.add("The value " + unit + " for parameter " + parent + "Unit is invalid.");
    }
    Input metric = stat.object("Metric");
    if (metric != null) {
      for (String required : List.of("Namespace", "MetricName")) {
        if (metric.text(required, "").isEmpty()) {
          wrong.add("The parameter " + parent + "Metric." + required + " is required.");
        }
      }
      wrong.addAll(wrongDimensions(parent + "Metric.", metric.objects("Dimensions")));
    }
    return wrong;
  }

  private static boolean isPeriod(int seconds) {
    return (seconds > 0 && seconds % 60 == 0) || Set.of(1, 5, 10, 20, 30).contains(seconds);
  }

  private static String wrongPeriod(String parent) {
    return "The parameter " + parent + "Period must be 1, 5, 10, 20, 30 or a multiple of 60.";
  }
}
