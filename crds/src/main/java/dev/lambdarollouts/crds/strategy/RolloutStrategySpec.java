package dev.lambdarollouts.crds.strategy;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.lambdarollouts.crds.common.DurationText;
import dev.lambdarollouts.crds.common.ListMap;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How traffic moves; what is absent takes the engine's defaults, which descriptions name. */
@JsonClassDescription("How traffic moves, and what can stop it.")
@ValidationRule(
    value =
        "[has(self.preset), has(self.canary), has(self.linear), has(self.allAtOnce),"
            + " has(self.blueGreen)].filter(x, x).size() == 1",
    message = "give exactly one of preset, canary, linear, allAtOnce and blueGreen")
@ValidationRule(
    value = "!has(self.preset) || self.preset.matches('" + RolloutStrategySpec.PRESETS + "')",
    message =
        "must be one of CodeDeploy's names, such as LambdaAllAtOnce, LambdaCanary10Percent5Minutes"
            + " (5, 10, 15, 30) or LambdaLinear10PercentEvery1Minute (1Minute, 2, 3, 10Minutes)",
    fieldPath = ".preset")
@ValidationRule(
    value =
        "!has(self.canary) || self.canary.steps.all(s, !has(s.hook) || (has(self.hooks) &&"
            + " self.hooks.exists(h, h.name == s.hook.name && h.phase == 'Step')))",
    message = "a step names a hook that is not there: add it to hooks, with phase Step",
    fieldPath = ".canary.steps")
@ValidationRule(
    value =
        "!has(self.canary) || self.canary.steps.all(s, !has(s.analysis) ||"
            + " s.analysis.metrics.all(m, has(self.analysis) && self.analysis.metrics.exists(x,"
            + " x.name == m)))",
    message = "a step names a metric that is not there: add it to analysis.metrics",
    fieldPath = ".canary.steps")
@ValidationRule(
    value = "!(has(self.blueGreen) && has(self.bakeTime))",
    message = "blueGreen bakes for keepOldFor: set that, and remove bakeTime",
    fieldPath = ".bakeTime",
    reason = "FieldValueForbidden")
public record RolloutStrategySpec(
    @JsonPropertyDescription(
            "One of CodeDeploy's deployment configurations by name, like"
                + " LambdaCanary10Percent5Minutes; CodeDeployDefault. before it and the Serverless"
                + " plugin's names (Canary10Percent5Minutes, AllAtOnce) are understood.")
        @Size(max = 64)
        @Nullable String preset,
    @JsonPropertyDescription("Traffic moves in steps of your own.") @Nullable CanaryTraffic canary,
    @JsonPropertyDescription("The same share more after each interval, up to 100 %.")
        @Nullable LinearTraffic linear,
    @JsonPropertyDescription("All traffic at once: {}.") @Nullable AllAtOnce allAtOnce,
    @JsonPropertyDescription(
            "Test the new version behind an alias of its own, then switch all traffic at once.")
        @Nullable BlueGreen blueGreen,
    @JsonPropertyDescription(
            "CloudWatch alarms that take traffic back, watched from the first shifted request to"
                + " the end of the bake.")
        @Size(max = 32)
        @ListMap(key = "name")
        @Nullable List<WatchedAlarm> alarms,
    @JsonPropertyDescription("How alarms are read that already fire, or whose data is stale.")
        @Nullable AlarmPolicy alarmPolicy,
    @JsonPropertyDescription("Metrics that are measured while traffic moves.")
        @Nullable Analysis analysis,
    @JsonPropertyDescription("What of your own runs at points of the rollout.")
        @Size(max = 16)
        @ListMap(key = "name")
        @Nullable List<Hook> hooks,
    @JsonPropertyDescription(
            "Time at 100 % for which alarms are still watched and stable stays one call away;"
                + " absent: 5m when alarms are watched, else 0s. Not with blueGreen.")
        @DurationText(zero = true)
        @Nullable String bakeTime,
    @JsonPropertyDescription("No progress for so long makes the rollout Stalled; absent: 30m.")
        @DurationText
        @Nullable String progressDeadline,
    @JsonPropertyDescription(
            "What the deadline does. Rollback (when absent): traffic to stable. Pause: waits for a"
                + " person.")
        @Nullable OnDeadline onDeadline) {

  /** CodeDeploy's nine names, with and without its prefix, and the Serverless plugin's. */
  static final String PRESETS =
      "^((CodeDeployDefault[.])?Lambda)?(AllAtOnce|Canary10Percent(5|10|15|30)Minutes|Linear10PercentEvery(1Minute|(2|3|10)Minutes))$";

  /** What no progress for too long does. */
  public enum OnDeadline {
    PAUSE("Pause"),
    ROLLBACK("Rollback");

    private final String text;

    OnDeadline(String text) {
      this.text = text;
    }

    /** As the API writes it. */
    @JsonValue
    @Override
    public String toString() {
      return text;
    }
  }
}
