package dev.lambdarollouts.controllers.translate;

import dev.lambdarollouts.engine.fact.OpenAction;
import dev.lambdarollouts.engine.fact.ReleaseId;
import dev.lambdarollouts.engine.fact.VersionNumber;
import dev.lambdarollouts.engine.plan.AlarmPolicy;
import dev.lambdarollouts.engine.plan.Entry;
import dev.lambdarollouts.engine.plan.Plan;
import dev.lambdarollouts.engine.plan.WatchedAlarm;
import dev.lambdarollouts.engine.plan.Weight;
import dev.lambdarollouts.engine.progress.Approval;
import dev.lambdarollouts.engine.progress.Candidate;
import dev.lambdarollouts.engine.progress.Cause;
import dev.lambdarollouts.engine.progress.HistoryEntry;
import dev.lambdarollouts.engine.progress.Pause;
import dev.lambdarollouts.engine.progress.Progress;
import dev.lambdarollouts.engine.progress.RecordedAction;
import dev.lambdarollouts.engine.progress.Rejection;
import dev.lambdarollouts.engine.progress.Side;
import dev.lambdarollouts.engine.progress.SideSetting;
import dev.lambdarollouts.engine.progress.Stable;
import dev.lambdarollouts.engine.progress.StagePhase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Makes progresses at random, the same from the same seed; each part may be absent. */
final class AnyProgress {
  private static final List<StagePhase> REJECTIONS =
      List.of(StagePhase.ROLLED_BACK, StagePhase.REJECTED, StagePhase.FAILED);

  private final Random random;

  private AnyProgress(long seed) {
    random = new Random(seed);
  }

  static Progress of(long seed) {
    return consistent(new AnyProgress(seed).progress());
  }

  /** Two phases need something that then is there. */
  private static Progress consistent(Progress any) {
    Candidate candidate = any.candidate();
    boolean lacks =
        switch (any.phase()) {
          case PAUSED -> any.pause() == null;
          case ROLLING_BACK ->
              any.stable() == null || candidate == null || candidate.version() == null;
          default -> false;
        };
    return lacks ? any.with().phase(StagePhase.SHIFTING).build() : any;
  }

  private Progress progress() {
    Plan plan = maybe(this::plan);
    return new Progress(
        anyOf(StagePhase.class),
        random.nextInt(100),
        maybe(this::release),
        maybe(
            () ->
                new Candidate(
                    release(), maybe(this::text), maybe(this::version), maybe(this::text))),
        maybe(() -> new Stable(version(), maybe(this::release))),
        plan,
        plan == null ? random.nextInt(2) : random.nextInt(plan.entries().size() + 1),
        new Weight(random.nextInt(10_001)),
        maybe(this::instant),
        maybe(this::instant),
        maybe(this::instant),
        maybe(this::instant),
        maybe(
            () ->
                new Pause(
                    anyOf(Pause.Reason.class),
                    anyOf(StagePhase.class),
                    instant(),
                    maybe(this::instant))),
        Set.copyOf(some(this::text)),
        some(
            () ->
                new RecordedAction(
                    text(),
                    anyOf(OpenAction.Verb.class),
                    text(),
                    instant(),
                    random.nextInt(100),
                    maybe(this::text))),
        some(() -> new Rejection(release(), instant(), rejection(), cause())),
        some(
            () ->
                new HistoryEntry(
                    release(),
                    maybe(this::text),
                    maybe(this::version),
                    maybe(this::instant),
                    instant(),
                    anyOf(HistoryEntry.Outcome.class),
                    maybe(this::text),
                    maybe(this::text))),
        maybe(this::instant),
        some(() -> new Approval(release(), text(), instant())),
        random.nextBoolean() ? Side.NONE : side());
  }

  private Side side() {
    Side side =
        Side.applied("5f1c9a0b7d", some(() -> SideSetting.provisioned(new VersionNumber("7"))));
    return side.with(new SideSetting(SideSetting.Kind.RESERVED_CONCURRENCY, null));
  }

  private Plan plan() {
    List<Entry> entries = new ArrayList<>(some(this::entry));
    entries.add(random.nextInt(entries.size() + 1), new Entry.SetWeight(Weight.ALL));
    return new Plan(
        entries,
        some(() -> new WatchedAlarm(text(), anyOf(WatchedAlarm.OnInsufficientData.class))),
        new AlarmPolicy(
            anyOf(AlarmPolicy.AlreadyFiring.class),
            anyOf(AlarmPolicy.OnPollFailure.class),
            duration()),
        duration(),
        duration(),
        anyOf(Plan.OnDeadline.class));
  }

  private Entry entry() {
    return switch (random.nextInt(3)) {
      case 0 -> new Entry.SetWeight(new Weight(random.nextInt(10_001)));
      case 1 -> new Entry.TimedPause(duration());
      default -> new Entry.IndefinitePause(maybe(this::duration), anyOf(Entry.OnTimeout.class));
    };
  }

  private Cause cause() {
    return new Cause(anyOf(Cause.Type.class), maybe(this::text), text());
  }

  private StagePhase rejection() {
    return REJECTIONS.get(random.nextInt(REJECTIONS.size()));
  }

  private <T> @Nullable T maybe(Supplier<T> supplier) {
    return random.nextInt(4) == 0 ? null : supplier.get();
  }

  private <T> List<T> some(Supplier<T> supplier) {
    return IntStream.range(0, random.nextInt(4)).mapToObj(index -> supplier.get()).toList();
  }

  private <E extends Enum<E>> E anyOf(Class<E> type) {
    return type.getEnumConstants()[random.nextInt(type.getEnumConstants().length)];
  }

  private ReleaseId release() {
    return new ReleaseId("1-%010x".formatted(random.nextLong(1L << 40)));
  }

  private VersionNumber version() {
    return new VersionNumber(String.valueOf(1 + random.nextInt(1_000_000)));
  }

  /** With whole and broken parts of a second. */
  private Instant instant() {
    Instant second = Instant.ofEpochSecond(random.nextLong(4_000_000_000L));
    return switch (random.nextInt(3)) {
      case 0 -> second;
      case 1 -> second.plusMillis(random.nextInt(1000));
      default -> second.plusNanos(random.nextInt(1_000_000_000));
    };
  }

  private Duration duration() {
    return switch (random.nextInt(4)) {
      case 0 -> Duration.ZERO;
      case 1 -> Duration.ofMinutes(random.nextInt(1000));
      case 2 -> Duration.ofMillis(random.nextInt(10_000_000));
      default -> Duration.ofSeconds(random.nextInt(100_000_000), random.nextInt(1_000_000_000));
    };
  }

  private String text() {
    return random
        .ints(1 + random.nextInt(12), ' ', 'ż')
        .filter(c -> Character.isDefined(c) && !Character.isISOControl(c))
        .mapToObj(Character::toString)
        .collect(Collectors.joining("", "t", ""));
  }
}
