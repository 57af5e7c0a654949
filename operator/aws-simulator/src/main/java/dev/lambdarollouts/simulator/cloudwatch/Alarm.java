package dev.lambdarollouts.simulator.cloudwatch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.simulator.protocol.Input;
import dev.lambdarollouts.simulator.protocol.Json;
import dev.lambdarollouts.simulator.service.Location;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A metric alarm or a composite alarm. Guarded by the timeline's lock.
 *
 * <p>Its settings are kept as the tree that AWS shows of them.
 */
final class Alarm {
  private final Location location;
  private final String name;
  private final Type type;
  private ObjectNode settings;
  private Instant configured;
  private AlarmState state;
  private @Nullable AlarmRule rule;

  /** As the API names them. */
  enum Type {
    MetricAlarm,
    CompositeAlarm
  }

  Alarm(Location location, String name, Type type, ObjectNode settings, Instant now) {
    this.location = location;
    this.name = name;
    this.type = type;
    this.settings = settings;
    this.configured = now;
    this.state = AlarmState.initial(now);
  }

  Location location() {
    return location;
  }

  String name() {
    return name;
  }

  String arn() {
    return location.arn("cloudwatch", "alarm:" + name);
  }

  Type type() {
    return type;
  }

  AlarmState state() {
    return state;
  }

  void state(AlarmState newState) {
    state = newState;
  }

  Input settings() {
    return new Input(settings);
  }

  /** When its settings last changed. */
  Instant configured() {
    return configured;
  }

  ObjectNode settingsTree() {
    return settings;
  }

  /** New settings leave the state as it is. */
  void configure(ObjectNode newSettings, Instant now) {
    settings = newSettings;
    configured = now;
    rule = null;
  }

  void enableActions(boolean enabled, Instant now) {
    settings.put("ActionsEnabled", enabled);
    configured = now;
  }

  /** The rule of a composite alarm. */
  AlarmRule rule() {
    AlarmRule parsed = rule;
    if (parsed == null) {
      parsed = AlarmRule.parse(settings().text("AlarmRule", ""));
      rule = parsed;
    }
    return parsed;
  }

  int periodSeconds() {
    Integer period = settings().integer("Period");
    if (period != null) {
      return period;
    }
    int longest = 0;
    for (Input query : settings().objects("Metrics")) {
      Input stat = query.object("MetricStat");
      Integer own = stat == null ? query.integer("Period") : stat.integer("Period");
      longest = Math.max(longest, own == null ? 0 : own);
    }
    return longest == 0 ? 60 : longest;
  }

  int evaluationPeriods() {
    Integer periods = settings().integer("EvaluationPeriods");
    return periods == null ? 1 : periods;
  }

  int datapointsToAlarm() {
    Integer points = settings().integer("DatapointsToAlarm");
    return points == null ? evaluationPeriods() : points;
  }

  ObjectNode show() {
    ObjectNode tree = Json.object();
    tree.put("AlarmName", name).put("AlarmArn", arn());
    tree.setAll(settings.deepCopy());
    tree.set("AlarmConfigurationUpdatedTimestamp", Json.instant(configured));
    tree.put("StateValue", state.value().name()).put("StateReason", state.reason());
    if (state.reasonData() != null) {
      tree.put("StateReasonData", state.reasonData());
    }
    tree.set("StateUpdatedTimestamp", Json.instant(state.updated()));
    tree.set("StateTransitionedTimestamp", Json.instant(state.transitioned()));
    return tree;
  }
}
