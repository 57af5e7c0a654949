package dev.lambdarollouts.controllers.translate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.crds.common.CrdJson;
import dev.lambdarollouts.crds.rollout.AlarmStatus;
import dev.lambdarollouts.crds.rollout.AlarmStatus.State;
import dev.lambdarollouts.crds.rollout.ApprovalStatus;
import dev.lambdarollouts.crds.rollout.LambdaRollout;
import dev.lambdarollouts.crds.rollout.StageStatus;
import dev.lambdarollouts.engine.fact.AlarmSample;
import dev.lambdarollouts.engine.fact.ReleaseId;
import dev.lambdarollouts.engine.fact.VersionNumber;
import dev.lambdarollouts.engine.plan.AlarmPolicy;
import dev.lambdarollouts.engine.plan.Entry;
import dev.lambdarollouts.engine.plan.Plan;
import dev.lambdarollouts.engine.plan.Strategy;
import dev.lambdarollouts.engine.plan.StrategyNormaliser;
import dev.lambdarollouts.engine.plan.Weight;
import dev.lambdarollouts.engine.port.StageTarget;
import dev.lambdarollouts.engine.progress.Candidate;
import dev.lambdarollouts.engine.progress.Cause;
import dev.lambdarollouts.engine.progress.HistoryEntry;
import dev.lambdarollouts.engine.progress.Pause;
import dev.lambdarollouts.engine.progress.Progress;
import dev.lambdarollouts.engine.progress.RecordedAction;
import dev.lambdarollouts.engine.progress.Rejection;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressTranslationTest {
  private static final StagePlace PLACE =
      new StagePlace(new StageTarget("111122223333", "us-east-1", null), "hello-prod", "live");
  private static final Instant T = Instant.parse("2026-11-24T10:00:00.123Z");

  private static StageStatus write(Progress progress) {
    return ProgressTranslation.statusOf("prod", progress, PLACE, List.of(), null);
  }

  /** A rollout as the API server gives it back. */
  private static LambdaRollout stored(ObjectNode... entries) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object.putObject("metadata").put("name", "roll").put("namespace", "shop");
    object.putObject("status").putArray("stages").addAll(List.of(entries));
    return Situation.read(object, LambdaRollout.class);
  }

  private static ObjectNode json(StageStatus status) {
    return CrdJson.MAPPER.valueToTree(status);
  }

  @Test
  void every_progress_comes_back_from_its_status_by_way_of_the_API_server() {
    for (long seed = 0; seed < 3000; seed++) {
      Progress progress = AnyProgress.of(seed);
      StageStatus status = write(progress);
      Recorded.Readable same = new Recorded.Readable(progress);

      assertThat(ProgressTranslation.progressOf(status)).as("seed %d", seed).isEqualTo(same);
      assertThat(ProgressTranslation.progressOf(stored(json(status)), "prod"))
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
              progress.actions().forEach(action -> words.add(action.verb()));
              progress.rejected().forEach(one -> words.add(one.cause().type()));
              progress.history().forEach(entry -> words.add(entry.outcome()));
            });

    assertThat(words)
        .contains((Object[]) StagePhase.values())
        .contains((Object[]) Pause.Reason.values())
        .contains((Object[]) Cause.Type.values())
        .contains((Object[]) HistoryEntry.Outcome.values())
        .contains((Object[]) dev.lambdarollouts.engine.fact.OpenAction.Verb.values());
  }

  @Test
  void a_blank_stage_comes_back_blank() {
    assertThat(ProgressTranslation.progressOf(write(Progress.BLANK)))
        .isEqualTo(new Recorded.Readable(Progress.BLANK));
    assertThat(ProgressTranslation.progressOf(stored(), "prod"))
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

    ObjectNode json = json(write(progress));

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
    ObjectNode before = json(write(Progress.BLANK));
    before.put("sideHash", "5ide").put("gatesOpenSince", "2026-11-24T10:00:00Z");
    before
        .withArray("approvals")
        .addObject()
        .put("release", "1-bb")
        .put("by", "alice")
        .put("at", "2026-11-24T10:00:00Z");
    StageStatus kept = CrdJson.MAPPER.convertValue(before, StageStatus.class);

    StageStatus after =
        ProgressTranslation.statusOf("prod", AnyProgress.of(7), null, List.of(), kept);

    assertThat(after.sideHash()).isEqualTo("5ide");
    assertThat(after.gatesOpenSince()).isEqualTo(Instant.parse("2026-11-24T10:00:00Z"));
    assertThat(after.approvals()).extracting(ApprovalStatus::by).containsExactly("alice");
    assertThat(after.aliasArn()).isEqualTo(PLACE.aliasArn());
  }

  /** A stage in mid-course, with something of everything in it. */
  private static ObjectNode full() {
    ReleaseId release = new ReleaseId("1-bb");
    return json(
        write(
            Progress.BLANK
                .with()
                .phase(StagePhase.PAUSED)
                .candidate(new Candidate(release, null, new VersionNumber("8"), null))
                .stable(new Stable(new VersionNumber("7"), new ReleaseId("1-aa")))
                .plan(
                    plan(
                        new Strategy.Traffic.Canary(
                            List.of(
                                new Entry.SetWeight(Weight.ofPercent(5)),
                                new Entry.IndefinitePause(null, Entry.OnTimeout.ABORT)))))
                .pause(new Pause(Pause.Reason.DRIFT, StagePhase.SHIFTING, T, null))
                .actions(
                    List.of(
                        new RecordedAction(
                            "u1", dev.lambdarollouts.engine.fact.OpenAction.Verb.RETRY, "al", T)))
                .reject(
                    new Rejection(
                        release,
                        T,
                        StagePhase.FAILED,
                        new Cause(Cause.Type.ALARM, "errors", "fired")))
                .remember(
                    new HistoryEntry(
                        release,
                        null,
                        new VersionNumber("8"),
                        T,
                        T,
                        HistoryEntry.Outcome.FAILED,
                        null,
                        null))
                .build()));
  }

  @ParameterizedTest(name = "{0} = {1} -> {2}: {3}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /phase                                | Melting     | phase                     | "Melting" is not known to this version of the operator
          /phase                                |             | phase                     | is missing: add it
          /weight                               | 101%        | weight                    | found 101%; expected a share like 30% or 0.5%
          /weight                               | 5           | weight                    | found 5; expected a share
          /stableVersion                        | $OLDEST     | stableVersion             | found $OLDEST; expected a version like 7
          /stableVersion                        |             | stableRelease             | found 1-aa; expected stableVersion beside it
          /release                              |             | canaryVersion             | found 8; expected release beside it
          /release                              | abc         | release                   | found abc; expected a release like 1-5f1c9a0b7d
          /pause/reason                         | Lunch       | pause.reason              | found Lunch; this version of the operator knows CanaryPauseStep,
          /pause/from                           | Melting     | pause.from                | "Melting" is not known
          /pause/since                          | yesterday   | pause.since               | must be a time like
          /actions/0/action                     | Approve     | actions[u1].action        | found Approve; this version of the operator knows Promote, Abort, Retry
          /rejectedReleases/0/phase             | Shifting    | rejectedReleases[0].phase | found Shifting; expected RolledBack, Rejected or Failed
          /rejectedReleases/0/cause             |             | rejectedReleases[0].cause | is missing
          /rejectedReleases/0/cause/type        | Boredom     | rejectedReleases[0].cause.type | found Boredom; this version
          /history/0/outcome                    | FastPromoted | history[0].outcome       | found FastPromoted; this version
          /history/0/version                    | v8          | history[0].version        | found v8; expected a version like 7
          /plan/strategy/onDeadline             | Shout       | plan.strategy.onDeadline  | "Shout" is not known
          /plan/strategy/onDeadline             |             | plan.strategy.onDeadline  | is missing
          /plan/strategy/bakeTime               | soon        | plan.strategy.bakeTime    | found soon, which is no duration
          /plan/strategy/bakeTime               |             | plan.strategy.bakeTime    | is missing
          /plan/strategy/canary                 |             | plan.strategy.canary      | is missing
          /plan/strategy/alarmPolicy/maxStaleness |           | plan.strategy.alarmPolicy.maxStaleness | is missing
          /plan/strategy/alarms                 |             | plan.strategy.alarms      | is missing
          /plan/strategy/later                  | x           | plan.strategy.later       | not known to this version of the operator
          /plan/strategy/canary/steps/0/setWeight | 5%5       | plan.strategy.canary.steps[0].setWeight | must be 0 to 100
          /plan/strategy/canary/steps/1/pause/onTimeout |     | plan.strategy.canary.steps[1].pause.onTimeout | is missing
          /plan/strategy/canary/steps/2/setWeight | 99%       | plan.strategy.canary.steps | none of them sets the weight to 100%
          """)
  void a_status_that_is_not_understood_says_where(
      String pointer, @Nullable String value, String field, String problem) {
    ObjectNode entry = full();
    assertThat(ProgressTranslation.progressOf(stored(entry), "prod"))
        .isInstanceOf(Recorded.Readable.class);
    set(entry, pointer, value);

    Recorded recorded = ProgressTranslation.progressOf(stored(entry), "prod");

    assertThat(recorded)
        .isInstanceOfSatisfying(
            Recorded.Unreadable.class,
            unreadable -> {
              assertThat(unreadable.field()).isEqualTo("status.stages[prod]." + field);
              assertThat(unreadable.problem()).startsWith(problem);
            });
  }

  private static void set(ObjectNode entry, String pointer, @Nullable String value) {
    int last = pointer.lastIndexOf('/');
    JsonNode parent = entry.at(pointer.substring(0, last));
    if (value == null) {
      ((ObjectNode) parent).remove(pointer.substring(last + 1));
    } else {
      ((ObjectNode) parent).put(pointer.substring(last + 1), value);
    }
  }

  @Test
  void what_is_not_understood_of_one_stage_stops_no_other() {
    ObjectNode melting = full().put("name", "dev").put("phase", "Melting");
    ObjectNode good = full().put("fromLater", "tolerated");
    LambdaRollout rollout = stored(melting, good);

    assertThat(ProgressTranslation.progressOf(rollout, "dev"))
        .isInstanceOf(Recorded.Unreadable.class);
    assertThat(ProgressTranslation.progressOf(rollout, "prod"))
        .isEqualTo(ProgressTranslation.progressOf(stored(full()), "prod"));
    assertThat(ProgressTranslation.progressOf(rollout, "sit"))
        .isEqualTo(new Recorded.Readable(Progress.BLANK));
  }

  @Test
  void where_it_is_not_known_whether_there_is_an_entry_nothing_is_concluded() {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object.putObject("metadata").put("name", "roll");
    object.putObject("status").put("stages", "lost");

    assertThat(ProgressTranslation.progressOf(Situation.read(object, LambdaRollout.class), "prod"))
        .isInstanceOf(Recorded.Unreadable.class);
  }
}
