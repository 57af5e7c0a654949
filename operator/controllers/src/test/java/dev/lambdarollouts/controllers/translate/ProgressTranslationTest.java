package dev.lambdarollouts.controllers.translate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.crds.common.CrdJson;
import dev.lambdarollouts.crds.rollout.AlarmStatus;
import dev.lambdarollouts.crds.rollout.AlarmStatus.State;
import dev.lambdarollouts.crds.rollout.StageStatus;
import dev.lambdarollouts.engine.fact.AlarmSample;
import dev.lambdarollouts.engine.fact.ReleaseId;
import dev.lambdarollouts.engine.fact.VersionNumber;
import dev.lambdarollouts.engine.plan.AlarmPolicy;
import dev.lambdarollouts.engine.plan.Entry;
import dev.lambdarollouts.engine.plan.Plan;
import dev.lambdarollouts.engine.plan.Strategy;
import dev.lambdarollouts.engine.plan.StrategyNormaliser;
import dev.lambdarollouts.engine.plan.WatchedAlarm;
import dev.lambdarollouts.engine.plan.Weight;
import dev.lambdarollouts.engine.port.StageTarget;
import dev.lambdarollouts.engine.progress.Candidate;
import dev.lambdarollouts.engine.progress.Cause;
import dev.lambdarollouts.engine.progress.HistoryEntry;
import dev.lambdarollouts.engine.progress.Pause;
import dev.lambdarollouts.engine.progress.Progress;
import dev.lambdarollouts.engine.progress.Stable;
import dev.lambdarollouts.engine.progress.StagePhase;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProgressTranslationTest {
  private static final StagePlace PLACE =
      new StagePlace(new StageTarget("111122223333", "us-east-1", null), "hello-prod", "live");
  private static final Instant T = Instant.parse("2026-11-24T10:00:00.123Z");

  private static StageStatus write(Progress progress) {
    return ProgressTranslation.statusOf("prod", progress, PLACE, List.of(), null);
  }

  @Test
  void every_progress_comes_back_from_its_status_by_way_of_the_API_server() {
    for (long seed = 0; seed < 3000; seed++) {
      Progress progress = AnyProgress.of(seed);
      StageStatus status = write(progress);
      Recorded.Readable same = new Recorded.Readable(progress);

      assertThat(ProgressTranslation.progressOf(status)).as("seed %d", seed).isEqualTo(same);
      assertThat(ProgressTranslation.progressOf(StoredStatus.of(StoredStatus.json(status)), "prod"))
          .as("seed %d, stored", seed)
          .isEqualTo(same);
    }
  }

  @Test
  void those_progresses_had_every_word_of_every_enum_in_them() {
    Set<Object> words = new HashSet<>();
    LongStream.range(0, 3000)
        .mapToObj(AnyProgress::of)
        .forEach(
            progress -> {
              words.add(progress.phase());
              if (progress.pause() != null) {
                words.add(progress.pause().reason());
              }
              addWords(progress.plan(), words);
              progress.actions().forEach(action -> words.add(action.verb()));
              progress.rejected().forEach(one -> words.add(one.cause().type()));
              progress.history().forEach(entry -> words.add(entry.outcome()));
            });

    assertThat(words)
        .contains((Object[]) AlarmPolicy.AlreadyFiring.values())
        .contains((Object[]) AlarmPolicy.OnPollFailure.values())
        .contains((Object[]) WatchedAlarm.OnInsufficientData.values())
        .contains((Object[]) Entry.OnTimeout.values())
        .contains((Object[]) Plan.OnDeadline.values())
        .contains((Object[]) StagePhase.values())
        .contains((Object[]) Pause.Reason.values())
        .contains((Object[]) Cause.Type.values())
        .contains((Object[]) HistoryEntry.Outcome.values())
        .contains((Object[]) dev.lambdarollouts.engine.fact.OpenAction.Verb.values());
  }

  private static void addWords(@Nullable Plan plan, Set<Object> words) {
    if (plan == null) {
      return;
    }
    words.add(plan.onDeadline());
    words.add(plan.alarmPolicy().alreadyFiring());
    words.add(plan.alarmPolicy().onPollFailure());
    plan.alarms().forEach(alarm -> words.add(alarm.onInsufficientData()));
    plan.entries().stream()
        .filter(Entry.IndefinitePause.class::isInstance)
        .forEach(entry -> words.add(((Entry.IndefinitePause) entry).onTimeout()));
  }

  @Test
  void a_blank_stage_comes_back_blank() {
    assertThat(ProgressTranslation.progressOf(write(Progress.BLANK)))
        .isEqualTo(new Recorded.Readable(Progress.BLANK));
    assertThat(ProgressTranslation.progressOf(StoredStatus.of(), "prod"))
        .isEqualTo(new Recorded.Readable(Progress.BLANK));
    assertThat(ProgressTranslation.progressOf(Situation.zip().rollout(), "prod"))
        .isEqualTo(new Recorded.Readable(Progress.BLANK));
  }

  @Test
  void every_plan_that_the_engine_makes_comes_back() {
    for (int percent = 1; percent <= 100; percent++) {
      Plan plan =
          plan(new Strategy.Traffic.Linear(Weight.ofPercent(percent), Duration.ofSeconds(90)));
      Progress progress = Progress.BLANK.with().plan(plan).build();

      assertThat(ProgressTranslation.progressOf(write(progress)))
          .isEqualTo(new Recorded.Readable(progress));
    }
  }

  private static Plan plan(Strategy.Traffic traffic) {
    Strategy strategy =
        new Strategy(traffic, List.of(), AlarmPolicy.DEFAULT, null, null, Plan.OnDeadline.ROLLBACK);
    return switch (StrategyNormaliser.normalise(strategy)) {
      case StrategyNormaliser.Result.Normalised(Plan plan) -> plan;
      case StrategyNormaliser.Result.Refused refused -> throw new AssertionError(refused);
    };
  }

  @Test
  void a_status_is_what_people_look_for() {
    Progress progress =
        Progress.BLANK
            .with()
            .phase(StagePhase.SHIFTING)
            .attempt(4)
            .desired(new ReleaseId("1-bb"))
            .candidate(
                new Candidate(new ReleaseId("1-bb"), "1.4.2", new VersionNumber("8"), "c0de="))
            .stable(new Stable(new VersionNumber("7"), new ReleaseId("1-aa")))
            .plan(plan(new Strategy.Traffic.Linear(Weight.ofPercent(50), Duration.ofMinutes(5))))
            .entryIndex(1)
            .weight(Weight.ofPercent(50))
            .nextStepAt(T)
            .build();

    ObjectNode json = StoredStatus.json(write(progress));

    assertThat(json.remove("plan").get("strategy"))
        .isEqualTo(
            Situation.yaml(
                """
                canary:
                  steps: [{setWeight: "50%"}, {pause: {duration: 5m}}, {setWeight: "100%"}]
                alarms: []
                alarmPolicy: {alreadyFiring: Block, onPollFailure: Hold, maxStaleness: 1m}
                bakeTime: 0s
                progressDeadline: 30m
                onDeadline: Rollback
                """));
    assertThat(json)
        .isEqualTo(
            Situation.yaml(
                """
                name: prod
                phase: Shifting
                attempt: 4
                desiredRelease: 1-bb
                release: 1-bb
                releaseName: 1.4.2
                stableRelease: 1-aa
                stableVersion: "7"
                canaryVersion: "8"
                codeSha256: c0de=
                functionArn: arn:aws:lambda:us-east-1:111122223333:function:hello-prod
                aliasArn: arn:aws:lambda:us-east-1:111122223333:function:hello-prod:live
                weight: 50%
                currentStepIndex: 1
                nextStepAt: "2026-11-24T10:00:00.123Z"
                """));
  }

  @Test
  void the_hash_of_a_plan_is_its_contents() {
    Plan one = plan(new Strategy.Traffic.AllAtOnce());
    Plan other = plan(new Strategy.Traffic.Linear(Weight.ofPercent(50), Duration.ofMinutes(5)));

    assertThat(PlanTranslation.pin(one)).isEqualTo(PlanTranslation.pin(one));
    assertThat(PlanTranslation.pin(one).hash())
        .matches("[0-9a-f]{10}")
        .isNotEqualTo(PlanTranslation.pin(other).hash());
  }

  @Test
  void alarms_stand_as_seen_and_an_excused_one_stays_even_unseen() {
    Progress progress = Progress.BLANK.with().excused(Set.of("b", "gone")).build();
    List<AlarmSample> samples =
        List.of(
            sample("a", AlarmSample.State.OK, T),
            sample("b", AlarmSample.State.ALARM, T),
            sample("c", AlarmSample.State.MISSING, null));

    StageStatus first = ProgressTranslation.statusOf("prod", progress, PLACE, samples, null);
    StageStatus second = ProgressTranslation.statusOf("prod", progress, PLACE, samples, first);

    assertThat(first.alarms())
        .containsExactly(
            new AlarmStatus("a", State.OK, T, false),
            new AlarmStatus("b", State.ALARM, T, true),
            new AlarmStatus("c", State.UNKNOWN, null, false),
            new AlarmStatus("gone", State.UNKNOWN, null, true));
    assertThat(second).as("the same facts write nothing new").isEqualTo(first);
  }

  private static AlarmSample sample(
      String name, AlarmSample.State state, @Nullable Instant transitionedAt) {
    return new AlarmSample(name, state, T, transitionedAt, T, null, null);
  }

  @Test
  void what_a_progress_does_not_know_is_kept_from_before() {
    ObjectNode before = StoredStatus.json(write(Progress.BLANK));
    StageStatus kept = CrdJson.MAPPER.convertValue(before, StageStatus.class);

    StageStatus after =
        ProgressTranslation.statusOf("prod", AnyProgress.of(7), null, List.of(), kept);

    assertThat(after.aliasArn()).isEqualTo(PLACE.aliasArn());
  }
}
