package dev.lambdarollouts.simulator.cloudwatch;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.simulator.protocol.Constraints;
import dev.lambdarollouts.simulator.protocol.Input;
import dev.lambdarollouts.simulator.protocol.Json;
import dev.lambdarollouts.simulator.service.CallContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** DescribeAlarms, DescribeAlarmsForMetric and DescribeAlarmHistory. */
final class AlarmListing {
  private static final int DEFAULT_RECORDS = 50;
  private static final int MOST_RECORDS = 100;
  private static final List<String> TYPES = List.of("CompositeAlarm", "MetricAlarm", "LogAlarm");

  private final Alarms alarms;
  private final AlarmHistory history;

  AlarmListing(Alarms alarms, AlarmHistory history) {
    this.alarms = alarms;
    this.history = history;
  }

  ObjectNode describe(CallContext context, Input input) {
    List<String> names = input.texts("AlarmNames");
    List<String> types = types(input);
    new Constraints()
        .size(names, "alarmNames", MOST_RECORDS)
        .range(input.integer("MaxRecords"), "maxRecords", 1, MOST_RECORDS)
        .oneOf(input.text("StateValue"), "stateValue", List.of("INSUFFICIENT_DATA", "ALARM", "OK"))
        .check();
    String prefix = input.text("AlarmNamePrefix");
    if (prefix != null && !names.isEmpty()) {
      throw CloudWatchErrors.invalidCombination(
          "AlarmNames and AlarmNamePrefix cannot be specified together.");
    }
    List<Alarm> found = new ArrayList<>();
    for (Alarm alarm : among(context, input)) {
      if (types.contains(alarm.type().name())
          && (names.isEmpty() || names.contains(alarm.name()))
          && (prefix == null || alarm.name().startsWith(prefix))
          && hasState(alarm, input.text("StateValue"))
          && hasAction(alarm, input.text("ActionPrefix"))) {
        found.add(alarm);
      }
    }
    NextPage<Alarm> page = NextPage.of(found, input, DEFAULT_RECORDS, "MaxRecords");
    ObjectNode reply = Json.object();
    ArrayNode composites = reply.putArray("CompositeAlarms");
    ArrayNode metrics = reply.putArray("MetricAlarms");
    for (Alarm alarm : page.items()) {
      (alarm.type() == Alarm.Type.MetricAlarm ? metrics : composites).add(alarm.show());
    }
    page.putToken(reply);
    return reply;
  }

  ObjectNode describeForMetric(CallContext context, Input input) {
    MetricKey key = MetricKey.read(input);
    ObjectNode reply = Json.object();
    ArrayNode shown = reply.putArray("MetricAlarms");
    for (Alarm alarm : alarms.in(context.location()).values()) {
      Input settings = alarm.settings();
      if (settings.has("MetricName") && MetricKey.read(settings).equals(key)) {
        shown.add(alarm.show());
      }
    }
    return reply;
  }

  ObjectNode history(CallContext context, Input input) {
    String name = input.text("AlarmName");
    String itemType = input.text("HistoryItemType");
    Instant from = input.instant("StartDate");
    Instant to = input.instant("EndDate");
    List<String> types = types(input);
    new Constraints()
        .range(input.integer("MaxRecords"), "maxRecords", 1, MOST_RECORDS)
        .oneOf(
            itemType,
            "historyItemType",
            List.of(
                "ConfigurationUpdate",
                "StateUpdate",
                "Action",
                "AlarmContributorStateUpdate",
                "AlarmContributorAction"))
        .oneOf(input.text("ScanBy"), "scanBy", List.of("TimestampDescending", "TimestampAscending"))
        .check();
    List<AlarmHistory.Item> found = new ArrayList<>();
    for (AlarmHistory.Item item : history.items(context.location(), context.at())) {
      if ((name == null || item.alarm().equals(name))
          && types.contains(item.type().name())
          && (itemType == null || item.itemType().equals(itemType))
          && (from == null || !item.at().isBefore(from))
          && (to == null || !item.at().isAfter(to))) {
        found.add(item);
      }
    }
    if (!input.text("ScanBy", "TimestampDescending").equals("TimestampAscending")) {
      Collections.reverse(found);
    }
    NextPage<AlarmHistory.Item> page = NextPage.of(found, input, MOST_RECORDS, "MaxRecords");
    ObjectNode reply = Json.object();
    ArrayNode items = reply.putArray("AlarmHistoryItems");
    page.items().forEach(item -> items.add(item.show()));
    page.putToken(reply);
    return reply;
  }

  /** Metric alarms only, unless the request says which. */
  private static List<String> types(Input input) {
    List<String> types = input.texts("AlarmTypes");
    Constraints constraints = new Constraints();
    types.forEach(type -> constraints.oneOf(type, "alarmTypes", TYPES));
    constraints.check();
    return types.isEmpty() ? List.of("MetricAlarm") : types;
  }

  private Collection<Alarm> among(CallContext context, Input input) {
    String childrenOf = input.text("ChildrenOfAlarmName");
    String parentsOf = input.text("ParentsOfAlarmName");
    if (childrenOf != null) {
      Alarm composite = alarms.find(context.location(), childrenOf);
      return composite == null || composite.type() != Alarm.Type.CompositeAlarm
          ? List.of()
          : alarms.children(composite);
    }
    if (parentsOf != null) {
      Alarm child = alarms.find(context.location(), parentsOf);
      return child == null ? List.of() : alarms.parents(child);
    }
    return alarms.in(context.location()).values();
  }

  private static boolean hasState(Alarm alarm, @Nullable String value) {
    return value == null || alarm.state().value().name().equals(value);
  }

  private static boolean hasAction(Alarm alarm, @Nullable String prefix) {
    if (prefix == null) {
      return true;
    }
    List<String> actions = new ArrayList<>(alarm.settings().texts("AlarmActions"));
    actions.addAll(alarm.settings().texts("OKActions"));
    actions.addAll(alarm.settings().texts("InsufficientDataActions"));
    return actions.stream().anyMatch(action -> action.startsWith(prefix));
  }
}
