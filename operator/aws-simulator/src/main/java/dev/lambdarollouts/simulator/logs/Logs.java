package dev.lambdarollouts.simulator.logs;

import dev.lambdarollouts.simulator.keep.KeptState;
import dev.lambdarollouts.simulator.service.AwsService;
import dev.lambdarollouts.simulator.service.LogSink;
import dev.lambdarollouts.simulator.time.Timeline;

/** CloudWatch Logs, put together. */
public final class Logs {
  private final LogGroups groups;

  public Logs(Timeline timeline) {
    this.groups = new LogGroups(timeline::now);
  }

  public AwsService service() {
    return new LogsService(
        new GroupOperations(groups),
        new EventOperations(groups),
        new SubscriptionOperations(groups));
  }

  /** Where other services write; called under the timeline's lock. */
  public LogSink sink() {
    return groups;
  }

  /** Groups, streams and events, for a data file. */
  public KeptState kept() {
    return new KeptLogs(groups);
  }
}
