package dev.lambdarollouts.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lambdarollouts.simulator.lambda.Traffic;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A steady load on the alias, and the bar that shows where it goes. */
final class LiveTraffic implements AutoCloseable {
  /** Enough for a tenth of it to fill the bad release's pool within a minute. */
  private static final double REQUESTS_PER_SECOND = 20;

  private static final Duration SHOWN = Duration.ofSeconds(60);

  private final DemoWorld world;
  private final Screen screen;
  private final Traffic.Load load;
  private final ScheduledExecutorService redraw =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("traffic-bar").factory());

  LiveTraffic(DemoWorld world, Screen screen) {
    this.world = world;
    this.screen = screen;
    load =
        world
            .simulator()
            .traffic()
            .start(world.aliasArn(), REQUESTS_PER_SECOND, () -> "{\"name\": \"Ada\"}");
    if (screen.isTerminal()) {
      // Ends with the executor.
      var _ =
          redraw.scheduleWithFixedDelay(() -> screen.live(bar()), 100, 200, TimeUnit.MILLISECONDS);
    }
  }

  /** Weights as AWS has them, and what was served in the last minute. */
  String bar() {
    JsonNode alias = world.aws().alias(DemoWorld.FUNCTION, DemoWorld.ALIAS);
    SortedMap<Integer, Double> weights = new TreeMap<>();
    double rest = 100;
    for (Map.Entry<String, JsonNode> beside :
        alias.path("RoutingConfig").path("AdditionalVersionWeights").properties()) {
      double percent = beside.getValue().asDouble() * 100;
      weights.put(Integer.valueOf(beside.getKey()), percent);
      rest -= percent;
    }
    weights.put(alias.path("FunctionVersion").asInt(), rest);
    Instant now = world.simulator().now();
    Map<Integer, Long> served =
        world
            .simulator()
            .trafficShare(world.aliasArn(), now.minus(SHOWN), now.plusMillis(1))
            .entrySet()
            .stream()
            .collect(Collectors.toMap(one -> Integer.valueOf(one.getKey()), Map.Entry::getValue));
    return TrafficBar.draw(weights, served);
  }

  /** All requests so far: answered, and answered with an error. */
  String totals() {
    return load.succeeded() + " answered, " + load.failed() + " failed";
  }

  @Override
  public void close() {
    redraw.shutdownNow();
    load.stop();
    screen.live("");
  }
}
