package dev.lambdarollouts.simulator.cloudwatch;

import dev.lambdarollouts.simulator.service.AwsService;
import dev.lambdarollouts.simulator.service.MetricSink;
import dev.lambdarollouts.simulator.time.Timeline;
import java.time.Duration;

/** CloudWatch, put together. */
public final class CloudWatch {
  private final MetricStore metrics = new MetricStore();
  private final CloudWatchService service;

  /**
   * Puts it together and begins to evaluate.
   *
   * @param evaluationDelay how long after the end of a minute alarms are evaluated on it, below ten
   *     seconds
   */
  public CloudWatch(Timeline timeline, Duration evaluationDelay) {
    AlarmHistory history = new AlarmHistory();
    Alarms alarms = new Alarms(history);
    MetricQueries queries = new MetricQueries(metrics);
    this.service =
        new CloudWatchService(
            new AlarmOperations(alarms, history),
            new AlarmListing(alarms, history),
            new MetricOperations(metrics, queries));
    new AlarmEvaluation(timeline, alarms, queries, evaluationDelay).start();
  }

  public AwsService service() {
    return service;
  }

  public MetricSink metrics() {
    return metrics;
  }
}
