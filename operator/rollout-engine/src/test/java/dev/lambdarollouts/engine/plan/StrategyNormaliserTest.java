package dev.lambdarollouts.engine.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lambdarollouts.engine.plan.Strategy.Traffic;
import dev.lambdarollouts.engine.plan.StrategyNormaliser.Result;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrategyNormaliserTest {

  private static Result normalise(Traffic traffic, WatchedAlarm... alarms) {
    return StrategyNormaliser.normalise(
        new Strategy(
            traffic, List.of(alarms), AlarmPolicy.DEFAULT, null, null, Plan.OnDeadline.ROLLBACK));
  }

  private static Plan plan(Traffic traffic, WatchedAlarm... alarms) {
    return ((Result.Normalised) normalise(traffic, alarms)).plan();
  }

  private static String text(Plan plan) {
    return String.join(
        " ",
        plan.entries().stream()
            .map(
                entry ->
                    switch (entry) {
                      case Entry.SetWeight(Weight weight) -> weight.toString();
                      case Entry.TimedPause(Duration duration) -> duration.toMinutes() + "m";
                      case Entry.IndefinitePause pause -> "wait";
                    })
            .toList());
  }

  @ParameterizedTest
  @CsvSource({
    "LambdaCanary10Percent5Minutes, 10% 5m 100%",
    "LambdaCanary10Percent10Minutes, 10% 10m 100%",
    "LambdaCanary10Percent15Minutes, 10% 15m 100%",
    "LambdaCanary10Percent30Minutes, 10% 30m 100%",
    "LambdaLinear10PercentEvery1Minute,"
        + " 10% 1m 20% 1m 30% 1m 40% 1m 50% 1m 60% 1m 70% 1m 80% 1m 90% 1m 100%",
    "LambdaLinear10PercentEvery2Minutes,"
        + " 10% 2m 20% 2m 30% 2m 40% 2m 50% 2m 60% 2m 70% 2m 80% 2m 90% 2m 100%",
    "LambdaLinear10PercentEvery3Minutes,"
        + " 10% 3m 20% 3m 30% 3m 40% 3m 50% 3m 60% 3m 70% 3m 80% 3m 90% 3m 100%",
    "LambdaLinear10PercentEvery10Minutes,"
        + " 10% 10m 20% 10m 30% 10m 40% 10m 50% 10m 60% 10m 70% 10m 80% 10m 90% 10m 100%",
    "LambdaAllAtOnce, 100%",
  })
  void codeDeploysNamesMeanWhatTheyMeanThere(String name, String entries) {
    assertThat(text(plan(new Traffic.Preset(name)))).isEqualTo(entries);
    assertThat(plan(new Traffic.Preset("CodeDeployDefault." + name)))
        .isEqualTo(plan(new Traffic.Preset(name)));
    assertThat(plan(new Traffic.Preset(name.substring("Lambda".length()))))
        .as("the Serverless plugin's name")
        .isEqualTo(plan(new Traffic.Preset(name)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Canary10Percent7Minutes",
        "lambdaallatonce",
        "CodeDeployDefault.AllAtOnce",
        "LambdaLinear10PercentEvery1Minutes",
        ""
      })
  void anyOtherNameIsRefusedWithTheNamesThatThereAre(String name) {
    assertThat(normalise(new Traffic.Preset(name)))
        .isInstanceOfSatisfying(
            Result.Refused.class,
            refused -> {
              assertThat(refused.field()).isEqualTo("preset");
              assertThat(refused.message()).contains(name, "LambdaCanary10Percent5Minutes");
            });
  }

  @Test
  void theLastLinearStepIsCutTo100() {
    assertThat(text(plan(new Traffic.Linear(Weight.ofPercent(30), Duration.ofMinutes(1)))))
        .isEqualTo("30% 1m 60% 1m 90% 1m 100%");
    assertThat(text(plan(new Traffic.Linear(Weight.ALL, Duration.ofMinutes(1))))).isEqualTo("100%");
  }

  @Test
  void aLinearStrategyOfNothingIsRefused() {
    assertThat(normalise(new Traffic.Linear(Weight.NONE, Duration.ofMinutes(1))))
        .isInstanceOf(Result.Refused.class);
  }

  @Test
  void aPlanIsItsOwnNormalForm() {
    Plan once =
        plan(
            new Traffic.Canary(
                List.of(
                    new Entry.SetWeight(Weight.parse("0.5%")),
                    new Entry.IndefinitePause(null, Entry.OnTimeout.ABORT))));
    assertThat(plan(new Traffic.Canary(once.entries()))).isEqualTo(once);
    assertThat(text(once)).isEqualTo("0.5% wait 100%");
  }

  @Test
  void aWeightThatDoesNotGrowIsRefusedByItsPlace() {
    assertThat(
            normalise(
                new Traffic.Canary(
                    List.of(
                        new Entry.SetWeight(Weight.ofPercent(20)),
                        new Entry.SetWeight(Weight.ofPercent(20))))))
        .isEqualTo(
            new Result.Refused(
                "canary.steps[1].setWeight",
                "found 20% after 20%; each weight must be greater than the one before"));
  }

  @Test
  void theBakeIsFiveMinutesWhenAlarmsAreWatchedAndNoneOtherwise() {
    assertThat(plan(new Traffic.AllAtOnce()).bakeTime()).isEqualTo(Duration.ZERO);
    assertThat(
            plan(
                    new Traffic.AllAtOnce(),
                    new WatchedAlarm("a", WatchedAlarm.OnInsufficientData.IGNORE))
                .bakeTime())
        .isEqualTo(Duration.ofMinutes(5));
  }

  @ParameterizedTest
  @CsvSource({"10%, 1000, 0.1", "0.5%, 50, 0.005", "33.33%, 3333, 0.3333", "100%, 10000, 1"})
  void weightsAreExactDecimals(String text, int hundredths, String fraction) {
    assertThat(Weight.parse(text)).isEqualTo(new Weight(hundredths));
    assertThat(Weight.parse(text).fraction()).isEqualByComparingTo(fraction);
    assertThat(Weight.ofFraction(Double.parseDouble(fraction))).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"10", "-1%", "101%", "0.123%", "%", "1e1%"})
  void whatIsNoPercentageIsRefused(String text) {
    assertThatThrownBy(() -> Weight.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
