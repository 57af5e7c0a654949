package dev.lambdarollouts.engine.plan;

import dev.lambdarollouts.engine.plan.Strategy.Traffic;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * CodeDeploy's nine predefined Lambda configurations ("Working with deployment configurations in
 * CodeDeploy"), and the shorter names under which the Serverless plugin knows them.
 */
final class PresetCatalog {
  private static final String PREFIX = "CodeDeployDefault.";
  private static final SortedMap<String, Traffic> BY_NAME = new TreeMap<>();

  static {
    BY_NAME.put("AllAtOnce", new Traffic.AllAtOnce());
    for (int minutes : new int[] {5, 10, 15, 30}) {
      BY_NAME.put("Canary10Percent" + minutes + "Minutes", canary(Duration.ofMinutes(minutes)));
    }
    for (int minutes : new int[] {1, 2, 3, 10}) {
      BY_NAME.put(
          "Linear10PercentEvery" + minutes + (minutes == 1 ? "Minute" : "Minutes"),
          new Traffic.Linear(Weight.ofPercent(10), Duration.ofMinutes(minutes)));
    }
  }

  private PresetCatalog() {}

  private static Traffic canary(Duration pause) {
    return new Traffic.Canary(
        List.of(new Entry.SetWeight(Weight.ofPercent(10)), new Entry.TimedPause(pause)));
  }

  /**
   * What a name stands for: {@code CodeDeployDefault.LambdaX}, {@code LambdaX} or {@code X}; absent
   * when unknown.
   */
  static @Nullable Traffic find(String name) {
    String bare = name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
    if (bare.startsWith("Lambda")) {
      return BY_NAME.get(bare.substring("Lambda".length()));
    }
    return name.startsWith(PREFIX) ? null : BY_NAME.get(bare);
  }

  /** For a message: the names that there are. */
  static String names() {
    return "Lambda" + String.join(", Lambda", BY_NAME.keySet());
  }
}
