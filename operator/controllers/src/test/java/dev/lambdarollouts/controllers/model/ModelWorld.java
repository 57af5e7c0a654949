package dev.lambdarollouts.controllers.model;

import dev.lambdarollouts.controllers.cluster.ObjectKey;
import dev.lambdarollouts.controllers.loop.LoopPorts;
import dev.lambdarollouts.controllers.loop.PassOutcome;
import dev.lambdarollouts.controllers.loop.Promotions;
import dev.lambdarollouts.controllers.loop.RolloutLoop;
import dev.lambdarollouts.controllers.loop.StageSlots;
import dev.lambdarollouts.controllers.loop.WakeUps;
import dev.lambdarollouts.controllers.translate.OwnerMark;
import dev.lambdarollouts.crds.rollout.LambdaRollout;
import dev.lambdarollouts.crds.rollout.LambdaRolloutStatus;
import dev.lambdarollouts.crds.rollout.PauseStatus;
import dev.lambdarollouts.crds.rollout.RejectedRelease;
import dev.lambdarollouts.crds.rollout.RolloutPhase;
import dev.lambdarollouts.crds.rollout.StageStatus;
import dev.lambdarollouts.engine.fact.AlarmSample;
import dev.lambdarollouts.engine.port.Owner;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * The whole of it: a cluster, an AWS, a time, and an operator's process that can die and start
 * again. What JOSDK does in earnest is done here by a queue: one pass at a time for whoever was
 * woken.
 */
public final class ModelWorld {
  /** When every story begins. */
  public static final Instant START = Instant.parse("2026-11-23T10:00:00Z");

  /** More passes than any rollout needs at one moment; past it the loop spins. */
  private static final int MOST_PASSES = 500;

  private static final String INSTALLATION = "install1";

  private final ModelTime time;
  private final ModelCluster cluster;
  private final ModelAws aws;
  private final Set<ObjectKey> woken = new LinkedHashSet<>();
  private Life process;
  private int passes;

  public ModelWorld() {
    this(new ModelTime(START));
  }

  private ModelWorld(ModelTime time) {
    this(time, new ModelCluster(time));
  }

  private ModelWorld(ModelTime time, ModelCluster cluster) {
    this.time = time;
    this.cluster = cluster;
    this.aws = new ModelAws(time);
    this.process = new Life();
    cluster.onChange(
        object ->
            cluster.rollouts().stream()
                .map(ObjectKey::of)
                .filter(key -> key.namespace().equals(object.getMetadata().getNamespace()))
                .forEach(woken::add));
  }

  /** Another world in which everything stands as here, and a process that has just started. */
  public ModelWorld copy() {
    ModelTime now = new ModelTime(time.truly());
    ModelWorld copy = new ModelWorld(now, cluster.copy(now));
    copy.aws.copy(aws);
    copy.resync();
    copy.aws.forgetCalls();
    copy.cluster.forgetWrites();
    return copy;
  }

  /** One life of the operator: all that it remembers is in here. */
  private final class Life {
    final Instant leaderSince = time.instant();
    final WakeUps wakeUps = new WakeUps(time, woken::add);
    final RolloutLoop loop =
        new RolloutLoop(
            new LoopPorts(
                cluster,
                cluster,
                aws,
                time,
                new NoMetrics(),
                INSTALLATION,
                Duration.ofMinutes(30),
                () -> leaderSince,
                "robot"::equals),
            new Promotions(function -> {}),
            new StageSlots(stage -> {}),
            woken::add);
    private final Map<ObjectKey, Integer> retries = new HashMap<>();

    /** As JOSDK does: what failed unexpectedly is tried again, later and later. */
    void pass(ObjectKey key) {
      try {
        take(key);
        retries.remove(key);
      } catch (KubernetesClientException problem) {
        int times = retries.merge(key, 1, Integer::sum);
        Duration wait = Duration.ofSeconds(Math.min(60, 1L << Math.min(times - 1, 6)));
        time.after(wait, () -> woken.add(key));
      }
    }

    private void take(ObjectKey key) {
      LambdaRollout cached = cluster.cached(key);
      if (cached == null) {
        loop.forget(key);
        wakeUps.forget(key);
        return;
      }
      PassOutcome outcome = loop.pass(cached);
      if (outcome.letGo()) {
        cluster.removeFinalizer(key);
        wakeUps.forget(key);
      } else if (outcome.again()) {
        woken.add(key);
      } else {
        wakeUps.at(key, outcome.wakeAt());
      }
    }
  }

  /**
   * A world in which a first release of {@code hello} stands promoted in these stages, and the
   * alarm of each is OK.
   */
  public static ModelWorld promoted(String strategy, String... stages) {
    ModelWorld world = new ModelWorld();
    world.cluster.apply(Manifests.function("1.0.0", "hello-1.zip"));
    for (String stage : stages) {
      world.cluster.apply(Manifests.stage(stage));
      world.aws.alarms().set("hello-" + stage + "-errors", AlarmSample.State.OK);
    }
    world.cluster.apply(strategy);
    world.cluster.apply(Manifests.rollout(stages));
    world.advance(Duration.ofMinutes(20L * stages.length));
    if (world.status().phase() != RolloutPhase.HEALTHY) {
      throw new AssertionError("the first release was not promoted: " + world.status());
    }
    world.aws.forgetCalls();
    world.cluster.forgetWrites();
    return world;
  }

  public ModelCluster cluster() {
    return cluster;
  }

  public ModelAws aws() {
    return aws;
  }

  public ModelTime time() {
    return time;
  }

  /** Lets the operator work until nothing is left to do at this moment. */
  public void settle() {
    for (int count = 0; !woken.isEmpty(); count++) {
      if (count > MOST_PASSES && count > MOST_PASSES * cluster.rollouts().size()) {
        throw new AssertionError("the loop spins: " + woken + ", " + statuses());
      }
      ObjectKey key = woken.iterator().next();
      woken.remove(key);
      passes++;
      process.pass(key);
    }
  }

  /** Moves time on by so much, the operator at work meanwhile. */
  public void advance(Duration by) {
    advanceTo(time.instant().plus(by));
  }

  /** Moves time on to a moment, the operator at work meanwhile. */
  public void advanceTo(Instant until) {
    advanceUntil(() -> false, Duration.between(time.instant(), until));
  }

  /**
   * Moves time on, the operator at work meanwhile, until something is so.
   *
   * @param limit in truth, whatever the operator's clock does
   * @return whether it is so
   */
  public boolean advanceUntil(BooleanSupplier isSo, Duration limit) {
    Instant until = time.truly().plus(limit);
    settle();
    Instant next = time.nextTask();
    while (next != null && !next.isAfter(until)) {
      if (isSo.getAsBoolean()) {
        return true;
      }
      time.runNext(until);
      settle();
      next = time.nextTask();
    }
    if (isSo.getAsBoolean()) {
      return true;
    }
    time.runNext(until);
    settle();
    return isSo.getAsBoolean();
  }

  /**
   * Another process starts while this one is between two calls; what this one was about to call it
   * still calls, and then it is heard of no more.
   */
  public void takenOver() {
    restart();
  }

  /** The process dies and another one starts, from what stands in the cluster and in AWS. */
  public void restart() {
    time.dropTasks();
    aws.forget();
    woken.clear();
    process = new Life();
    resync();
  }

  /** Time goes by without the operator: the process is dead until {@link #restart}. */
  public void sleep(Duration by) {
    time.dropTasks();
    woken.clear();
    time.runNext(time.truly().plus(by));
  }

  /** The cluster is restored without any status, as from Git. */
  public void loseStatus() {
    cluster.overwriteStatus(new ObjectKey("shop", "hello"), null);
  }

  /** Every rollout is looked at, as after a list of the informers. */
  public void resync() {
    wakeAll();
    settle();
  }

  /** Every rollout will be looked at. */
  public void wakeAll() {
    cluster.rollouts().forEach(rollout -> woken.add(ObjectKey.of(rollout)));
  }

  /** How many passes there were. */
  public int passes() {
    return passes;
  }

  /** The status of the rollout {@code shop/hello}. */
  public LambdaRolloutStatus status() {
    return status("hello");
  }

  /** The status of a rollout in {@code shop}. */
  public LambdaRolloutStatus status(String rollout) {
    LambdaRollout stored =
        Objects.requireNonNull(cluster.stored(LambdaRollout.class, new ObjectKey("shop", rollout)));
    return stored.status().orElseThrow().valid().orElseThrow();
  }

  /** A stage's entry there. */
  public StageStatus stage(String name) {
    return status().stages().stream()
        .filter(stage -> stage.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no stage " + name + " in " + status()));
  }

  /** Why a stage waits; empty when it does not. */
  public String pause(String stage) {
    PauseStatus pause = stage(stage).pause();
    return pause == null ? "" : pause.reason();
  }

  /** Why a stage rejected a release last; empty when it rejected none. */
  public String rejectedFor(String stage) {
    return stage(stage).rejectedReleases().stream()
        .map(RejectedRelease::cause)
        .filter(Objects::nonNull)
        .map(cause -> cause.type())
        .findFirst()
        .orElse("");
  }

  /** The owner's hash of a rollout in {@code shop}, as it stands in marks. */
  public static String owner(String rollout) {
    return OwnerMark.hash(new Owner(INSTALLATION, "shop", rollout));
  }

  private List<String> statuses() {
    return cluster.rollouts().stream().map(rollout -> String.valueOf(rollout.getStatus())).toList();
  }
}
