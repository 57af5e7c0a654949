package dev.lambdarollouts.simulator.cloudwatch;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.simulator.cloudwatch.dashboard.Dashboards;
import dev.lambdarollouts.simulator.keep.KeptState;
import dev.lambdarollouts.simulator.protocol.Json;
import dev.lambdarollouts.simulator.service.AwsService;
import dev.lambdarollouts.simulator.service.MetricSink;
import dev.lambdarollouts.simulator.time.Timeline;
import java.time.Duration;

/** CloudWatch, put together. */
public final class CloudWatch {
  private final MetricStore metrics = new MetricStore();
  private final AlarmHistory history = new AlarmHistory();
  private final Dashboards dashboards = new Dashboards();
  private final Alarms alarms;
  private final CloudWatchService service;

  /**
   * Puts it together and begins to evaluate.
   *
   * @param evaluationDelay how long after the end of a minute alarms are evaluated on it, below ten
   *     seconds
   */
  public CloudWatch(Timeline timeline, Duration evaluationDelay) {
    this.alarms = new Alarms(history);
    MetricQueries queries = new MetricQueries(metrics);
    this.service =
        new CloudWatchService(
            new AlarmOperations(alarms, history),
            new AlarmListing(alarms, history),
            new MetricOperations(metrics, queries),
            new StatisticsOperation(metrics),
            dashboards);
    new AlarmEvaluation(timeline, alarms, queries, evaluationDelay).start();
  }

  /** All alarms of all accounts and regions; asked under the timeline's lock. */
  public ArrayNode alarmsShown() {
    ArrayNode list = Json.array();
    for (Alarm alarm : alarms.all()) {
      ObjectNode shown =
          list.addObject()
              .put("Account", alarm.location().account())
              .put("Region", alarm.location().region())
              .put("AlarmType", alarm.type().name());
      shown.setAll(alarm.show());
      shown.put("Since", alarm.state().transitioned().toString());
    }
    return list;
  }

  /** Alarms and metrics, for a data file. */
  public KeptState kept() {
    return new KeptCloudWatch(alarms, history, metrics, dashboards);
  }

  public AwsService service() {
    return service;
  }

  public MetricSink metrics() {
    return metrics;
  }
}
