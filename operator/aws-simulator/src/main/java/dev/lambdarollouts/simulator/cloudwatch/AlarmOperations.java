package dev.lambdarollouts.simulator.cloudwatch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.simulator.protocol.AwsError;
import dev.lambdarollouts.simulator.protocol.Constraints;
import dev.lambdarollouts.simulator.protocol.Input;
import dev.lambdarollouts.simulator.protocol.Json;
import dev.lambdarollouts.simulator.service.CallContext;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * PutMetricAlarm, PutCompositeAlarm, DeleteAlarms, SetAlarmState, Enable- and DisableAlarmActions.
 */
final class AlarmOperations {
  private static final int MOST_NAMES = 100;
  private static final List<String> ACTIONS =
      List.of("OKActions", "AlarmActions", "InsufficientDataActions");
  private static final List<String> METRIC_TEXTS =
      List.of(
          "MetricName",
          "Namespace",
          "Statistic",
          "ExtendedStatistic",
          "Unit",
          "ComparisonOperator",
          "TreatMissingData",
          "EvaluateLowSampleCountPercentile",
          "ThresholdMetricId");
  private static final List<String> METRIC_NUMBERS =
      List.of("Period", "EvaluationPeriods", "DatapointsToAlarm");

  private static final List<String> SUPPRESSOR_PERIODS =
      List.of("ActionsSuppressorWaitPeriod", "ActionsSuppressorExtensionPeriod");

  private static final Pattern NAMESPACE = Pattern.compile("[^:].*");
  private static final Pattern ARN =
      Pattern.compile("arn:[\\w-]+:[\\w-]+:[\\w-]*:[^:\\s]*:[^\\s].{0,1000}");

  private final Alarms alarms;
  private final AlarmHistory history;

  AlarmOperations(Alarms alarms, AlarmHistory history) {
    this.alarms = alarms;
    this.history = history;
  }

  ObjectNode putMetricAlarm(CallContext context, Input input) {
    String name = checkedName(input);
    String comparison = input.text("ComparisonOperator");
    Integer periods = input.integer("EvaluationPeriods");
    Constraints constraints =
        new Constraints()
            .required(periods, "evaluationPeriods")
            .required(comparison, "comparisonOperator")
            .oneOf(comparison, "comparisonOperator", Comparison.names())
            .oneOf(
                input.text("Statistic"),
                "statistic",
                List.of("SampleCount", "Average", "Sum", "Minimum", "Maximum"))
            .oneOf(input.text("Unit"), "unit", MetricWords.UNITS)
            .oneOf(
                input.text("EvaluateLowSampleCountPercentile"),
                "evaluateLowSampleCountPercentile",
                List.of("evaluate", "ignore"))
            .length(input.text("Namespace"), "namespace", 1, 255)
            .pattern(input.text("Namespace"), "namespace", NAMESPACE)
            .length(input.text("MetricName"), "metricName", 1, 255)
            .size(input.objects("Dimensions"), "dimensions", MetricWords.MOST_DIMENSIONS)
            .range(periods, "evaluationPeriods", 1, Integer.MAX_VALUE)
            .range(input.integer("DatapointsToAlarm"), "datapointsToAlarm", 1, Integer.MAX_VALUE)
            .range(input.integer("Period"), "period", 1, Integer.MAX_VALUE);
    constraints.check();
    boolean math = input.has("Metrics");
    if (math == input.has("MetricName")) {
      throw AwsError.validation(
          math
              ? "Exactly one of MetricName or Metrics must be specified."
              : "MetricName is required if Metrics is not specified.");
    }
    MetricAlarmChecks.requireSense(input, math);
    if (math) {
      MetricAlarmChecks.requireEvaluable(input.objects("Metrics"));
    }
    ObjectNode settings = common(input);
    METRIC_TEXTS.forEach(member -> copyText(settings, input, member));
    METRIC_NUMBERS.forEach(member -> copyNumber(settings, input, member));
    Double threshold = input.number("Threshold");
    if (threshold != null) {
      settings.put("Threshold", threshold);
    }
    settings.set(
        "Dimensions",
        MetricKey.of("", "", MetricKey.dimensions(input.objects("Dimensions"))).showDimensions());
    if (math) {
      settings.set("Metrics", input.node("Metrics"));
    }
    put(context, name, Alarm.Type.MetricAlarm, settings);
    return Json.object();
  }

  ObjectNode putCompositeAlarm(CallContext context, Input input) {
    String name = checkedName(input);
    String text = input.required("AlarmRule");
    new Constraints().length(text, "alarmRule", 1, 10_240).check();
    AlarmRule rule = AlarmRule.parse(text);
    for (String child : rule.children()) {
      if (alarms.find(context.location(), child) == null) {
        throw AwsError.validation(
            "Could not save the composite alarm as alarms ["
                + child
                + "] in the alarm rule do not exist");
      }
    }
    ObjectNode settings = common(input);
    settings.put("AlarmRule", text);
    copySuppressor(context, settings, input);
    Alarm alarm = put(context, name, Alarm.Type.CompositeAlarm, settings);
    alarms.evaluateNew(alarm, context.at());
    return Json.object();
  }

  ObjectNode delete(CallContext context, Input input) {
    List<Alarm> found = named(context, input);
    if (found.stream().filter(alarm -> alarm.type() == Alarm.Type.CompositeAlarm).count() > 1) {
      throw AwsError.validation(
          "At most one composite alarm can be deleted in one request, but these are "
              + String.join(", ", found.stream().map(Alarm::name).toList()));
    }
    for (Alarm alarm : found) {
      for (Alarm parent : alarms.parents(alarm)) {
        if (parent == alarm || !found.contains(parent)) {
          throw AwsError.validation(
              "Cannot delete "
                  + alarm.name()
                  + " as there are composite alarm(s) depending on it. Please update or delete the"
                  + " composite alarm(s) first: "
                  + parent.name());
        }
      }
    }
    for (Alarm alarm : found) {
      alarms.in(context.location()).remove(alarm.name());
      history.configured(alarm, "Delete", context.at());
    }
    return Json.object();
  }

  ObjectNode setState(CallContext context, Input input) {
    String value = input.text("StateValue");
    String reason = input.text("StateReason");
    String data = input.text("StateReasonData");
    new Constraints()
        .required(input.text("AlarmName"), "alarmName")
        .required(value, "stateValue")
        .required(reason, "stateReason")
        .oneOf(value, "stateValue", List.of("INSUFFICIENT_DATA", "ALARM", "OK"))
        .length(reason, "stateReason", 0, 1023)
        .check();
    Alarm alarm = alarms.in(context.location()).get(input.text("AlarmName", ""));
    if (alarm == null) {
      throw CloudWatchErrors.notFound();
    }
    if (data != null && !isJson(data)) {
      throw CloudWatchErrors.invalidFormat("StateReasonData is not JSON");
    }
    alarms.set(
        alarm,
        AlarmState.Value.valueOf(String.valueOf(value)),
        String.valueOf(reason),
        data,
        context.at());
    return Json.object();
  }

  ObjectNode enableActions(CallContext context, Input input) {
    named(context, input).forEach(alarm -> alarm.enableActions(true, context.at()));
    return Json.object();
  }

  ObjectNode disableActions(CallContext context, Input input) {
    named(context, input).forEach(alarm -> alarm.enableActions(false, context.at()));
    return Json.object();
  }

  private Alarm put(CallContext context, String name, Alarm.Type type, ObjectNode settings) {
    Alarm existing = alarms.in(context.location()).get(name);
    if (existing != null && existing.type() != type) {
      throw AwsError.validation(
          "An alarm of another type with the name " + name + " exists already.");
    }
    if (existing != null) {
      existing.configure(settings, context.at());
      history.configured(existing, "Update", context.at());
      return existing;
    }
    Alarm alarm = new Alarm(context.location(), name, type, settings, context.at());
    alarms.in(context.location()).put(name, alarm);
    history.configured(alarm, "Create", context.at());
    return alarm;
  }

  /** Deletes and the like take names that are not there, as AWS does. */
  private List<Alarm> named(CallContext context, Input input) {
    List<String> names = input.texts("AlarmNames");
    new Constraints().size(names, "alarmNames", MOST_NAMES).check();
    List<Alarm> found = new ArrayList<>();
    for (String name : names) {
      Alarm alarm = alarms.in(context.location()).get(name);
      if (alarm != null) {
        found.add(alarm);
      }
    }
    return found;
  }

  private static String checkedName(Input input) {
    String name = input.text("AlarmName");
    Constraints constraints =
        new Constraints().required(name, "alarmName").length(name, "alarmName", 1, 255);
    constraints.length(input.text("AlarmDescription"), "alarmDescription", 0, 1024);
    for (String member : ACTIONS) {
      constraints.size(input.texts(member), Constraints.wireName(member), 5);
    }
    constraints.check();
    for (String member : ACTIONS) {
      for (String action : input.texts(member)) {
        if (!ARN.matcher(action).matches()) {
          throw AwsError.validation("Invalid arn syntax: " + action);
        }
      }
    }
    return String.valueOf(name);
  }

  private void copySuppressor(CallContext context, ObjectNode settings, Input input) {
    String suppressor = input.text("ActionsSuppressor");
    boolean complete = SUPPRESSOR_PERIODS.stream().allMatch(input::has);
    boolean none = SUPPRESSOR_PERIODS.stream().noneMatch(input::has);
    if (suppressor == null ? !none : !complete) {
      throw AwsError.validation(
          "ActionsSuppressor, ActionsSuppressorWaitPeriod and ActionsSuppressorExtensionPeriod must"
              + " be specified together.");
    }
    if (suppressor == null) {
      return;
    }
    if (alarms.find(context.location(), suppressor) == null) {
      throw AwsError.validation(
          "Could not save the composite alarm as the suppressor alarm "
              + suppressor
              + " does not exist");
    }
    settings.put("ActionsSuppressor", suppressor);
    SUPPRESSOR_PERIODS.forEach(member -> copyNumber(settings, input, member));
  }

  private static ObjectNode common(Input input) {
    ObjectNode settings = Json.object();
    settings.put("ActionsEnabled", !input.has("ActionsEnabled") || input.flag("ActionsEnabled"));
    copyText(settings, input, "AlarmDescription");
    for (String member : ACTIONS) {
      settings.set(member, Json.texts(input.texts(member)));
    }
    return settings;
  }

  private static void copyText(ObjectNode settings, Input input, String member) {
    String value = input.text(member);
    if (value != null) {
      settings.put(member, value);
    }
  }

  private static void copyNumber(ObjectNode settings, Input input, String member) {
    Integer value = input.integer(member);
    if (value != null) {
      settings.put(member, value);
    }
  }

  private static boolean isJson(String text) {
    try {
      Json.MAPPER.readTree(text);
      return true;
    } catch (JsonProcessingException e) {
      return false;
    }
  }
}
