package dev.lambdarollouts.crds.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The rules' cost at run time: what the bounds allow, the API server can check. */
class LargestObjectTest {
  private static final int STAGES = 20;
  private static final int STEPS = 50;
  private static final int METRICS = 16;
  private static final int HOOKS = 16;
  private static final int ALARMS = 32;

  private final CrdCluster cluster = CrdCluster.get();

  @Test
  void a_rollout_as_large_as_its_bounds_allow_is_accepted() {
    List<Map<String, Object>> stages =
        each(
            STAGES,
            stage -> Map.of("stageRef", Map.of("name", "stage-" + stage), "strategy", strategy()));

    assertThat(
            cluster.refusalOf(
                cluster.object(
                    "LambdaRollout",
                    "largest",
                    Map.of(
                        "spec", Map.of("functionRef", Map.of("name", "hello"), "stages", stages)))))
        .isEmpty();
  }

  private static Map<String, Object> strategy() {
    List<String> metrics = each(METRICS, LargestObjectTest::longName);
    return Map.of(
        "canary",
        Map.of("steps", each(STEPS, step -> step(step, metrics))),
        "analysis",
        Map.of(
            "metrics",
            each(
                METRICS,
                metric ->
                    Map.of(
                        "name",
                        longName(metric),
                        "interval",
                        "1h30m",
                        "lambda",
                        Map.of("metric", "Errors"),
                        "failureCondition",
                        "canary > 5"))),
        "hooks",
        each(
            HOOKS,
            hook ->
                Map.of(
                    "name", longName(hook), "phase", "Step", "invoke", Map.of(), "timeout", "5m")),
        "alarms",
        each(ALARMS, alarm -> Map.of("name", longName(alarm))));
  }

  private static Map<String, Object> step(int index, List<String> metrics) {
    return switch (index % 3) {
      case 0 -> Map.of("setWeight", index + ".25%");
      case 1 -> Map.of("analysis", Map.of("metrics", metrics));
      default -> Map.of("hook", Map.of("name", longName(HOOKS - 1)));
    };
  }

  private static String longName(int index) {
    return "%063d".formatted(index);
  }

  private static <T> List<T> each(int count, IntFunction<T> item) {
    return IntStream.range(0, count).mapToObj(item).toList();
  }
}
