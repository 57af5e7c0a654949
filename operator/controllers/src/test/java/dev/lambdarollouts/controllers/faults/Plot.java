package dev.lambdarollouts.controllers.loop;

import dev.lambdarollouts.controllers.model.Manifests;
import dev.lambdarollouts.controllers.model.ModelWorld;
import dev.lambdarollouts.crds.rollout.LambdaRollout;
import dev.lambdarollouts.engine.fact.AlarmSample;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A story that can be told again and again: what people and CloudWatch do, and how long the
 * operator has after each.
 */
record Plot(String name, Supplier<ModelWorld> opening, List<Scene> scenes) {
  /** Short waits: every story is told hundreds of times. */
  private static final String CANARY =
      Manifests.strategy(
          """
          canary:
            steps:
              - setWeight: 10
              - pause: {duration: 1m}
              - setWeight: 50
              - pause: {duration: 1m}
          alarms: [{name: "{functionName}-errors"}]
          bakeTime: 1m
          """);

  /** Something happens, then time passes. */
  record Scene(Consumer<ModelWorld> happening, Duration then) {}

  @Override
  public String toString() {
    return name;
  }

  static List<Plot> all() {
    return List.of(
        new Plot(
            "first release",
            Plot::empty,
            List.of(
                new Scene(
                    world -> world.cluster().apply(Manifests.rollout("prod")),
                    Duration.ofMinutes(3)))),
        new Plot("canary", Plot::promoted, List.of(release("hello-2.zip", Duration.ofMinutes(5)))),
        new Plot(
            "rollback by alarm",
            Plot::promoted,
            List.of(
                release("hello-2.zip", Duration.ofSeconds(90)),
                new Scene(Plot::alarm, Duration.ofSeconds(30)))),
        new Plot(
            "supersede",
            Plot::promoted,
            List.of(
                release("hello-2.zip", Duration.ofSeconds(30)),
                release("hello-3.zip", Duration.ofMinutes(5)))),
        new Plot(
            "abort",
            Plot::promoted,
            List.of(
                release("hello-2.zip", Duration.ofSeconds(30)),
                new Scene(
                    world -> world.cluster().apply(Manifests.action("stop", "Abort", "")),
                    Duration.ofSeconds(30)))),
        new Plot(
            "delete in mid-course",
            Plot::promoted,
            List.of(
                release("hello-2.zip", Duration.ofSeconds(30)),
                new Scene(
                    world -> world.cluster().delete(LambdaRollout.class, "shop", "hello"),
                    Duration.ofSeconds(30)))),
        new Plot(
            "stage taken off the list",
            () -> ModelWorld.promoted(CANARY, "dev", "prod"),
            List.of(
                release("hello-2.zip", Duration.ofSeconds(230)),
                new Scene(
                    world -> world.cluster().apply(Manifests.rollout("dev")),
                    Duration.ofSeconds(30)))));
  }

  private static ModelWorld empty() {
    ModelWorld world = new ModelWorld();
    world.cluster().apply(Manifests.function("1.0.0", "hello-1.zip"));
    world.cluster().apply(Manifests.stage("prod"));
    world.cluster().apply(CANARY);
    world.aws().alarms().set("hello-prod-errors", AlarmSample.State.OK);
    return world;
  }

  private static ModelWorld promoted() {
    return ModelWorld.promoted(CANARY, "prod");
  }

  private static Scene release(String key, Duration then) {
    return new Scene(world -> world.cluster().apply(Manifests.function(key, key)), then);
  }

  private static void alarm(ModelWorld world) {
    world.aws().alarms().set("hello-prod-errors", AlarmSample.State.ALARM);
  }
}
