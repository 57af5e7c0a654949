package dev.lambdarollouts.controllers.kubernetes;

import dev.lambdarollouts.controllers.cluster.ObjectKey;
import dev.lambdarollouts.controllers.kubernetes.Readiness.Problem;
import dev.lambdarollouts.controllers.loop.StageSlots;
import dev.lambdarollouts.controllers.loop.WakeUps;
import dev.lambdarollouts.controllers.translate.AccessKeyReading;
import dev.lambdarollouts.controllers.translate.ConfigSource;
import dev.lambdarollouts.controllers.translate.PromotionCalendar;
import dev.lambdarollouts.controllers.translate.SpecCheck;
import dev.lambdarollouts.crds.common.Parsed;
import dev.lambdarollouts.crds.common.Status;
import dev.lambdarollouts.crds.rollout.LambdaRollout;
import dev.lambdarollouts.crds.stage.LambdaStage;
import dev.lambdarollouts.crds.stage.LambdaStageSpec;
import dev.lambdarollouts.crds.stage.LambdaStageStatus;
import dev.lambdarollouts.crds.stage.PromotionWindow;
import dev.lambdarollouts.crds.stage.WindowState;
import dev.lambdarollouts.engine.fact.Gates;
import dev.lambdarollouts.engine.port.AccessKeys;
import dev.lambdarollouts.engine.port.AwsPort;
import dev.lambdarollouts.engine.port.AwsPort.Caller;
import dev.lambdarollouts.engine.port.StageTarget;
import dev.lambdarollouts.engine.port.StageTarget.AccessKeySecret;
import dev.lambdarollouts.engine.port.TimeSource;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Condition Ready of a LambdaStage, who the operator is in AWS there, and its finalizer. AWS is
 * asked once per set of credentials, the rollouts' own question, and again only while it does not
 * answer; whether it still takes the rollouts' calls is looked at every minute, and asks nothing.
 */
@ControllerConfiguration(name = "stages", finalizerName = "lambdarollouts.dev/stage")
final class StageReconciler extends ReferencedReconciler<LambdaStage>
    implements Cleaner<LambdaStage> {
  /** As often as a rollout that waits for a right or an answer asks at the least. */
  private static final Duration ASKED_AGAIN = Duration.ofMinutes(1);

  private final Supplier<@Nullable Caches> caches;
  private final Function<String, @Nullable ConfigSource> configs;
  private final AwsPort aws;
  private final TimeSource time;
  private final StageSlots slots;
  private final PromotionCalendar calendar = new PromotionCalendar();
  private final WakeUps wakeUps;

  /**
   * @param caches absent until they are filled
   * @param configs of a namespace; absent until they can be read
   */
  StageReconciler(
      StatusPatch patches,
      Supplier<@Nullable Caches> caches,
      Function<String, @Nullable ConfigSource> configs,
      AwsPort aws,
      StageSlots slots,
      TimeSource time) {
    super(LambdaStage.class, patches);
    this.caches = caches;
    this.configs = configs;
    this.aws = aws;
    this.slots = slots;
    this.time = time;
    this.wakeUps = new WakeUps(time, this::wake);
  }

  @Override
  public DeleteControl cleanup(LambdaStage stage, Context<LambdaStage> context) {
    DeleteControl control = keepWhileNamed(stage);
    StageTarget target = SpecCheck.target(stage);
    if (control.isRemoveFinalizer() && target != null && target.keys() != null) {
      forget(target.keys(), stage);
    }
    return control;
  }

  /** Another stage may use the same Secret. */
  private void forget(AccessKeySecret secret, LambdaStage gone) {
    Caches filled = caches.get();
    boolean used =
        filled == null
            || filled
                .stages()
                .filter(stage -> !ObjectKey.of(stage).equals(ObjectKey.of(gone)))
                .map(SpecCheck::target)
                .anyMatch(target -> target != null && secret.equals(target.keys()));
    if (!used) {
      aws.forget(secret);
    }
  }

  @Override
  boolean knowsTheRollouts() {
    return caches.get() != null;
  }

  @Override
  List<LambdaRollout> namedBy(LambdaStage stage) {
    Caches filled = caches.get();
    return filled == null ? List.of() : filled.rolloutsOfStage(ObjectKey.of(stage));
  }

  @Override
  Status status(LambdaStage stage, String leaving) {
    LambdaStageStatus before = stage.status().flatMap(Parsed::valid).orElse(null);
    Long generation = stage.getMetadata().getGeneration();
    Instant now = time.instant();
    Caller told = told(before, generation);
    StageStanding standing =
        leaving.isEmpty() ? standing(stage, told) : new StageStanding(null, told);
    WindowState window = window(stage, now);
    boolean mayChange = standing.problem() != null || !namedBy(stage).isEmpty();
    Instant askedAgain =
        leaving.isEmpty() && mayChange && SpecCheck.target(stage) != null
            ? now.plus(ASKED_AGAIN)
            : null;
    Instant changes = window == null ? null : window.nextChange();
    wakeUps.at(
        ObjectKey.of(stage),
        Stream.of(Optional.ofNullable(askedAgain), Optional.ofNullable(changes))
            .flatMap(Optional::stream)
            .min(Comparator.naturalOrder())
            .orElse(null));
    return new LambdaStageStatus(
        generation,
        Readiness.of(
                stage,
                before == null ? List.of() : before.conditions(),
                standing.problem(),
                leaving,
                now)
            .build(Set.of("Ready")),
        standing.caller() == null ? null : standing.caller().accountId(),
        standing.caller() == null ? null : standing.caller().arn(),
        active(stage, before),
        window);
  }

  /** As before, until every rollout that names the stage was looked at. */
  private @Nullable Integer active(LambdaStage stage, @Nullable LambdaStageStatus before) {
    OptionalInt active =
        slots.active(
            ObjectKey.of(stage), namedBy(stage).stream().map(one -> ObjectKey.of(one)).toList());
    return active.isPresent()
        ? Integer.valueOf(active.getAsInt())
        : before == null ? null : before.activeRollouts();
  }

  /** Absent where there are no windows, or none can be read. */
  private @Nullable WindowState window(LambdaStage stage, Instant now) {
    LambdaStageSpec spec = stage.spec().valid().orElse(null);
    List<PromotionWindow> windows = spec == null ? null : spec.promotionWindows();
    if (spec == null || windows == null || windows.isEmpty()) {
      return null;
    }
    Gates.Window window = calendar.at(windows, spec.onWindowClose(), now);
    return new WindowState(window.open(), window.nextChange());
  }

  /** Where the stage has access keys, they are learnt first, or what is wrong with them is told. */
  private StageStanding standing(LambdaStage stage, @Nullable Caller told) {
    StageTarget target = SpecCheck.target(stage);
    AccessKeySecret secret = target == null ? null : target.keys();
    ConfigSource source = secret == null ? null : configs.apply(secret.namespace());
    if (secret != null && source != null) {
      String problem = AccessKeyReading.problem(stage, secret, source);
      if (problem != null) {
        return new StageStanding(Problem.ofSpec(problem), told);
      }
      AccessKeys keys = AccessKeyReading.keys(secret, source);
      if (keys != null) {
        aws.learn(secret, keys);
      }
    }
    return StageStanding.of(stage, aws, told);
  }

  /** What AWS said before, about these same credentials. */
  private static @Nullable Caller told(
      @Nullable LambdaStageStatus before, @Nullable Long generation) {
    return before != null
            && Objects.equals(before.observedGeneration(), generation)
            && before.accountId() != null
            && before.callerArn() != null
        ? new Caller(before.accountId(), before.callerArn())
        : null;
  }
}
