package dev.lambdarollouts.demo;

import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** An alias as one line: where it sends its traffic, and what each version really got. */
final class TrafficBar {
  private static final int CELLS = 20;
  private static final String FILLS = "█░▒";

  private TrafficBar() {}

  /**
   * Draws it.
   *
   * @param weights percent by version, as the alias says; together 100
   * @param served requests by version that were really answered, lately
   */
  static String draw(SortedMap<Integer, Double> weights, Map<Integer, Long> served) {
    StringBuilder bar = new StringBuilder("  [");
    double sum = 0;
    int drawn = 0;
    int index = 0;
    for (double percent : weights.values()) {
      sum += percent;
      int until = (int) Math.round(sum * CELLS / 100);
      bar.append(String.valueOf(FILLS.charAt(index++ % FILLS.length())).repeat(until - drawn));
      drawn = until;
    }
    return bar.append("] alias ")
        .append(shares(weights))
        .append(" · last minute ")
        .append(shares(percentages(served)))
        .toString();
  }

  private static String shares(SortedMap<Integer, Double> percentages) {
    return percentages.isEmpty()
        ? "nothing yet"
        : percentages.entrySet().stream()
            .map(share -> "v" + share.getKey() + " " + percent(share.getValue()))
            .collect(Collectors.joining(", "));
  }

  private static String percent(double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%.0f%%", value)
        : String.format(Locale.ROOT, "%.1f%%", value);
  }

  private static SortedMap<Integer, Double> percentages(Map<Integer, Long> counts) {
    long all = counts.values().stream().mapToLong(Long::longValue).sum();
    SortedMap<Integer, Double> percentages = new TreeMap<>();
    counts.forEach(
        (version, count) -> {
          if (count > 0) {
            percentages.put(version, 100.0 * count / all);
          }
        });
    return percentages;
  }
}
