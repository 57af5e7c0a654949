package dev.lambdarollouts.simulator.cloudwatch;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.simulator.protocol.AwsError;
import dev.lambdarollouts.simulator.protocol.Constraints;
import dev.lambdarollouts.simulator.protocol.Input;
import dev.lambdarollouts.simulator.protocol.Json;
import dev.lambdarollouts.simulator.service.CallContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** DescribeAlarms, DescribeAlarmsForMetric and DescribeAlarmHistory. */
final class AlarmListing {
  private static final int DEFAULT_RECORDS = 50;
  private static final int MOST_RECORDS = 100;
  private static final List<String> TYPES = List.of("CompositeAlarm", "MetricAlarm", "LogAlarm");

  private static final String CHILDREN = "ChildrenOfAlarmName";
  private static final List<String> RELATIONS = List.of(CHILDREN, "ParentsOfAlarmName");
  private static final List<String> FILTERS =
      List.of(
          CHILDREN,
          "ParentsOfAlarmName",
          "AlarmNames",
          "AlarmNamePrefix",
          "AlarmTypes",
          "StateValue",
          "ActionPrefix");

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
    for (String relation : RELATIONS) {
      if (input.has(relation)) {
        requireAlone(input, relation);
        return related(context, input, relation);
      }
    }
    String prefix = input.text("AlarmNamePrefix");
    if (prefix != null && !names.isEmpty()) {
      throw CloudWatchErrors.invalidCombination(
          "AlarmNames and AlarmNamePrefix cannot be specified together.");
    }
    List<Alarm> found = new ArrayList<>();
    for (Alarm alarm : alarms.in(context.location()).values()) {
      if (types.contains(alarm.type().name())
          && (names.isEmpty() || names.contains(alarm.name()))
          && (prefix == null || alarm.name().startsWith(prefix))
          && hasState(alarm, input.text("StateValue"))
          && hasAction(alarm, input.text("ActionPrefix"))) {
        found.add(alarm);
      }
    }
    return reply(found, input, Alarm::show);
  }

  /** Of children AWS tells name, ARN and state; of parents name and ARN. */
  private ObjectNode related(CallContext context, Input input, String relation) {
    Alarm named = alarms.find(context.location(), input.text(relation, ""));
    boolean children = relation.equals(CHILDREN);
    if (named == null) {
      return reply(List.of(), input, Alarm::show);
    }
    if (!children) {
      return reply(alarms.parents(named), input, AlarmListing::name);
    }
    List<Alarm> found =
        named.type() == Alarm.Type.CompositeAlarm ? alarms.children(named) : List.of();
    return reply(
        found,
        input,
        alarm -> {
          ObjectNode shown = name(alarm).put("StateValue", alarm.state().value().name());
          shown.set("StateUpdatedTimestamp", Json.instant(alarm.state().updated()));
          return shown;
        });
  }

  private static ObjectNode name(Alarm alarm) {
    return Json.object().put("AlarmName", alarm.name()).put("AlarmArn", alarm.arn());
  }

  private static void requireAlone(Input input, String relation) {
    for (String other : FILTERS) {
      if (!other.equals(relation) && input.has(other)) {
        throw AwsError.validation(
            "When " + relation + " is specified, only MaxRecords and NextToken may be specified.");
      }
    }
  }

  private static ObjectNode reply(
      List<Alarm> found, Input input, Function<Alarm, ObjectNode> shown) {
    NextPage<Alarm> page = NextPage.of(found, input, DEFAULT_RECORDS, "MaxRecords");
    ObjectNode reply = Json.object();
    ArrayNode composites = reply.putArray("CompositeAlarms");
    ArrayNode metrics = reply.putArray("MetricAlarms");
    for (Alarm alarm : page.items()) {
      (alarm.type() == Alarm.Type.MetricAlarm ? metrics : composites).add(shown.apply(alarm));
    }
    page.putToken(reply);
    return reply;
  }

  /** Alarms on one metric alone: not those of metric math. */
  ObjectNode describeForMetric(CallContext context, Input input) {
    new Constraints()
        .required(input.text("MetricName"), "metricName")
        .required(input.text("Namespace"), "namespace")
        .range(input.integer("Period"), "period", 1, Integer.MAX_VALUE)
        .check();
    MetricKey key = MetricKey.read(input);
    Integer period = input.integer("Period");
    ObjectNode reply = Json.object();
    ArrayNode shown = reply.putArray("MetricAlarms");
    for (Alarm alarm : alarms.in(context.location()).values()) {
      Input settings = alarm.settings();
      if (settings.has("MetricName")
          && MetricKey.read(settings).equals(key)
          && (period == null || period == alarm.periodSeconds())
          && List.of("Statistic", "ExtendedStatistic", "Unit").stream()
              .allMatch(member -> sameOrNotAsked(input, settings, member))) {
        shown.add(alarm.show());
      }
    }
    return reply;
  }

  private static boolean sameOrNotAsked(Input input, Input settings, String member) {
    return !input.has(member) || input.text(member, "").equals(settings.text(member));
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
