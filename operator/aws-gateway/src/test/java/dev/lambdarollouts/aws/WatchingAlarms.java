package dev.lambdarollouts.aws;

import dev.lambdarollouts.engine.fact.AlarmSample;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A watcher over a fake CloudWatch; polls run on the test's thread, on a clock that it moves. */
abstract class WatchingAlarms {
  static final Instant START = ManualTime.START;
  static final Duration INTERVAL = Duration.ofSeconds(5);
  static final Duration STALENESS = Duration.ofSeconds(60);

  final ManualTime time = new ManualTime();
  final FakeCloudWatch cloudWatch = new FakeCloudWatch();
  final Map<String, Integer> woken = new HashMap<>();
  final AlarmWatcher watcher =
      new AlarmWatcher(
          "111122223333/us-east-1",
          new CloudWatchAlarms(cloudWatch, FakeSts.calls(FakeSts.rightAccount(), time)),
          time,
          new GatewaySettings(Quotas.DEFAULT, INTERVAL, STALENESS, null),
          Runnable::run);

  void watch(String who, String... names) {
    watcher.watch(who, Set.of(names), () -> woken.merge(who, 1, Integer::sum));
  }

  AlarmSample sample(String name) {
    return watcher.samples(List.of(name)).getFirst();
  }

  int woken(String who) {
    return woken.getOrDefault(who, 0);
  }

  static Instant at(long seconds) {
    return START.plusSeconds(seconds);
  }
}
