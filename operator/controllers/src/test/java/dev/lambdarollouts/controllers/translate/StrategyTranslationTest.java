package dev.lambdarollouts.controllers.translate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.engine.plan.AlarmPolicy;
import dev.lambdarollouts.engine.plan.AlarmPolicy.AlreadyFiring;
import dev.lambdarollouts.engine.plan.AlarmPolicy.OnPollFailure;
import dev.lambdarollouts.engine.plan.Entry;
import dev.lambdarollouts.engine.plan.Entry.OnTimeout;
import dev.lambdarollouts.engine.plan.Plan;
import dev.lambdarollouts.engine.plan.Plan.OnDeadline;
import dev.lambdarollouts.engine.plan.StrategyNormaliser;
import dev.lambdarollouts.engine.plan.WatchedAlarm;
import dev.lambdarollouts.engine.plan.WatchedAlarm.OnInsufficientData;
import dev.lambdarollouts.engine.plan.Weight;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrategyTranslationTest {

  private static Plan plan(String strategy) {
    return Situation.zip().strategy(strategy).known().plan();
  }

  @Test
  void a_canary_is_its_steps_in_order_and_then_everything() {
    assertThat(
            plan("""
            allAtOnce: null
            canary:
              steps:
                - setWeight: 5
                - pause: {duration: 5m}
                - setWeight: "12.25%"
                - pause: {}
                - pause: {timeout: 1h, onTimeout: Promote}
            """)
                .entries())
        .containsExactly(
            new Entry.SetWeight(Weight.ofPercent(5)),
            new Entry.TimedPause(Duration.ofMinutes(5)),
            new Entry.SetWeight(new Weight(1225)),
            new Entry.IndefinitePause(null, OnTimeout.ABORT),
            new Entry.IndefinitePause(Duration.ofHours(1), OnTimeout.PROMOTE),
            new Entry.SetWeight(Weight.ALL));
  }

  @Test
  void a_linear_strategy_and_a_preset_become_steps() {
    List<Entry> linear =
        plan("{allAtOnce: null, linear: {percentage: 50, interval: 90s}}").entries();
    List<Entry> preset =
        plan("{allAtOnce: null, preset: CodeDeployDefault.LambdaCanary10Percent5Minutes}")
            .entries();

    assertThat(linear)
        .containsExactly(
            new Entry.SetWeight(Weight.ofPercent(50)),
            new Entry.TimedPause(Duration.ofSeconds(90)),
            new Entry.SetWeight(Weight.ALL));
    assertThat(preset)
        .containsExactly(
            new Entry.SetWeight(Weight.ofPercent(10)),
            new Entry.TimedPause(Duration.ofMinutes(5)),
            new Entry.SetWeight(Weight.ALL));
  }

  @Test
  void what_is_left_out_takes_the_engines_defaults() {
    Plan silent = plan("{}");
    Plan watching = plan("alarms: [{name: errors}]");

    assertThat(silent.alarmPolicy()).isEqualTo(AlarmPolicy.DEFAULT);
    assertThat(silent.bakeTime()).isZero();
    assertThat(silent.progressDeadline()).isEqualTo(StrategyNormaliser.DEFAULT_PROGRESS_DEADLINE);
    assertThat(silent.onDeadline()).isEqualTo(OnDeadline.ROLLBACK);
    assertThat(watching.bakeTime()).isEqualTo(StrategyNormaliser.DEFAULT_BAKE);
    assertThat(watching.alarms())
        .containsExactly(new WatchedAlarm("errors", OnInsufficientData.IGNORE));
  }

  @Test
  void what_is_said_of_alarms_and_deadlines_is_kept() {
    Plan plan =
        plan(
            """
            alarms:
              - {name: "{functionName}-{alias}-{stage}-{rollout}-{namespace}", onInsufficientData: Fail}
              - {name: other, onInsufficientData: Hold}
            alarmPolicy: {alreadyFiring: Ignore, onPollFailure: Rollback, maxStaleness: 2m}
            bakeTime: 0s
            progressDeadline: 1.5h
            onDeadline: Pause
            """);

    assertThat(plan.alarms())
        .containsExactly(
            new WatchedAlarm("hello-prod-live-prod-roll-shop", OnInsufficientData.FAIL),
            new WatchedAlarm("other", OnInsufficientData.HOLD));
    assertThat(plan.alarmPolicy())
        .isEqualTo(
            new AlarmPolicy(AlreadyFiring.IGNORE, OnPollFailure.ROLLBACK, Duration.ofMinutes(2)));
    assertThat(plan.bakeTime()).isZero();
    assertThat(plan.progressDeadline()).isEqualTo(Duration.ofMinutes(90));
    assertThat(plan.onDeadline()).isEqualTo(OnDeadline.PAUSE);
  }

  @Test
  void an_inline_strategy_means_the_same_and_its_problems_name_the_rollout() {
    Situation inline =
        Situation.zip().entry("{strategyRef: null, strategy: {preset: LambdaAllAtOnce}}");

    assertThat(inline.known().plan()).isEqualTo(plan("{}"));
    assertThat(inline.entry("strategy: {preset: Fast}").invalid().field())
        .isEqualTo("LambdaRollout roll: spec.stages[0].strategy.preset");
  }

  @ParameterizedTest
  @CsvSource({"strategyRef: null", "strategy: {allAtOnce: {}}"})
  void neither_or_both_of_reference_and_inline_is_refused(String patch) {
    StageWanted.Invalid invalid = Situation.zip().entry(patch).invalid();

    assertThat(invalid.field()).isEqualTo("LambdaRollout roll: spec.stages[0]");
    assertThat(invalid.message()).isEqualTo("give exactly one of strategy and strategyRef");
  }

  @ParameterizedTest(name = "{0} -> {1}: {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          allAtOnce: null                                  |                             | found 0 of them; give exactly one of preset, canary, linear, allAtOnce
          preset: LambdaAllAtOnce                          |                             | found 2 of them; give exactly one of preset, canary, linear, allAtOnce
          canary: {steps: [{}]}                            | .canary.steps[0]            | found 0 of them; give exactly one of setWeight and pause
          canary: {steps: [{setWeight: 1, pause: {}}]}     | .canary.steps[0]            | found 2 of them; give exactly one of setWeight and pause
          canary: {steps: [{setWeight: 5},{setWeight: 5}]} | .canary.steps[1].setWeight  | found 5% after 5%; each weight must be greater than the one before
          canary: {steps: [{pause: {duration: 5}}]}        | .canary.steps[0].pause.duration | must be a string, found a whole number
          canary: {steps: [{pause: {duration: 5d}}]}       | .canary.steps[0].pause.duration | found 5d; write a duration like 30s, 5m or 1h30m, at most 2562047h
          canary: {steps: [{pause: {duration: 0m}}]}       | .canary.steps[0].pause.duration | found 0m; use more than 0s
          canary: {steps: [{pause: {duration: 1m, timeout: 2m}}]} | .canary.steps[0].pause.timeout | a pause of a duration ends by itself: remove it, or remove duration
          canary: {steps: [{pause: {duration: 1m, onTimeout: Abort}}]} | .canary.steps[0].pause.onTimeout | a pause of a duration ends by itself: remove it, or remove duration
          linear: {percentage: 0, interval: 1m}            | .linear.percentage          | found 0; use 1 to 100
          linear: {percentage: 101, interval: 1m}          | .linear.percentage          | found 101; use 1 to 100
          linear: {percentage: 10, interval: 0s}           | .linear.interval            | found 0s; use more than 0s
          """)
  void traffic_that_cannot_be_moved_so(String traffic, String field, String message) {
    Situation all = Situation.zip();
    if (!traffic.startsWith("allAtOnce") && !traffic.startsWith("preset")) {
      all.strategy("allAtOnce: null");
    }

    StageWanted.Invalid invalid = all.strategy(traffic).invalid();

    assertThat(invalid.field())
        .isEqualTo("RolloutStrategy careful: spec" + (field == null ? "" : field));
    assertThat(invalid.message()).isEqualTo(message);
  }

  @ParameterizedTest(name = "{0} -> {1}: {2}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          bakeTime: '5'                                     | bakeTime                  | found 5; write a duration like 30s, 5m or 1h30m, at most 2562047h
          progressDeadline: 0s                              | progressDeadline          | found 0s; use more than 0s
          alarmPolicy: {maxStaleness: 0s}                   | alarmPolicy.maxStaleness  | found 0s; use more than 0s
          alarmPolicy: {maxStaleness: 14s}                  | alarmPolicy.maxStaleness  | found 14s; alarms are read every few seconds, so that good data would count as old: use at least 15s
          alarms: [{name: '{function}'}]                    | alarms[0].name            | found {function}, which stands for nothing here; use {alias}, {functionName}, {namespace}, {rollout}, {stage}
          alarms: [{name: 'prod'},{name: '{stage}'}]        | alarms[1].name            | stands for prod, which is listed twice: remove one
          """)
  void what_is_beside_the_traffic(String patch, String field, String message) {
    StageWanted.Invalid invalid = Situation.zip().strategy(patch).invalid();

    assertThat(invalid.field()).isEqualTo("RolloutStrategy careful: spec." + field);
    assertThat(invalid.message()).isEqualTo(message);
  }

  @Test
  void the_name_of_an_alarm_is_measured_with_its_placeholders() {
    String name = "{functionName}" + "x".repeat(255 - "hello-prod".length());

    assertThat(plan("alarms: [{name: '%s'}]".formatted(name)).alarms().getFirst().name())
        .hasSize(255);
    assertThat(Situation.zip().strategy("alarms: [{name: '%s'}]".formatted(name + "x")).invalid())
        .extracting(StageWanted.Invalid::message)
        .isEqualTo("is 256 characters long with its placeholders; AWS takes 255");
  }

  @Test
  void a_plan_that_would_not_fit_into_the_status_is_refused() {
    String pauses =
        IntStream.range(0, 4000)
            .mapToObj(index -> "{pause: {duration: 1m}}")
            .collect(Collectors.joining(",", "{allAtOnce: null, canary: {steps: [", "]}}"));

    StageWanted.Invalid invalid = Situation.zip().strategy(pauses).invalid();

    assertThat(invalid.field()).isEqualTo("RolloutStrategy careful: spec");
    assertThat(invalid.message()).contains("at most 65536: use fewer steps or alarms");
  }
}
