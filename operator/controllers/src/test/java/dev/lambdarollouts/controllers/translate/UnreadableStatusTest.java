package dev.lambdarollouts.controllers.translate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.crds.rollout.LambdaRollout;
import dev.lambdarollouts.engine.fact.OpenAction;
import dev.lambdarollouts.engine.fact.ReleaseId;
import dev.lambdarollouts.engine.fact.VersionNumber;
import dev.lambdarollouts.engine.plan.AlarmPolicy;
import dev.lambdarollouts.engine.plan.Entry;
import dev.lambdarollouts.engine.plan.Plan;
import dev.lambdarollouts.engine.plan.Weight;
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
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Written by a newer operator or by hand: nothing is concluded from it, and it stops no other. */
class UnreadableStatusTest {
  private static final Instant T = Instant.parse("2026-11-24T10:00:00.123Z");

  /** A stage in mid-course, with something of everything in it. */
  private static ObjectNode full() {
    ReleaseId release = new ReleaseId("1-bb");
    return StoredStatus.json(
        ProgressTranslation.statusOf(
            "prod",
            Progress.BLANK
                .with()
                .phase(StagePhase.PAUSED)
                .candidate(new Candidate(release, null, new VersionNumber("8"), null))
                .stable(new Stable(new VersionNumber("7"), new ReleaseId("1-aa")))
                .plan(
                    new Plan(
                        List.of(
                            new Entry.SetWeight(Weight.ofPercent(5)),
                            new Entry.IndefinitePause(null, Entry.OnTimeout.ABORT),
                            new Entry.SetWeight(Weight.ALL)),
                        List.of(),
                        AlarmPolicy.DEFAULT,
                        Duration.ZERO,
                        Duration.ofMinutes(30),
                        Plan.OnDeadline.ROLLBACK))
                .pause(new Pause(Pause.Reason.DRIFT, StagePhase.SHIFTING, T, null))
                .actions(List.of(new RecordedAction("u1", OpenAction.Verb.RETRY, "al", T)))
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
                .build(),
            null,
            List.of(),
            null));
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
          /pause                                |             | pause                     | is missing, and the phase is Paused
          /pause/reason                         | Lunch       | pause.reason              | found Lunch; this version of the operator knows CanaryPauseStep,
          /pause/from                           | Melting     | pause.from                | "Melting" is not known
          /pause/since                          | yesterday   | pause.since               | must be a time like
          /rejectedReleases/0/phase             | Shifting    | rejectedReleases[0].phase | found Shifting; expected RolledBack, Rejected or Failed
          /rejectedReleases/0/cause             |             | rejectedReleases[0].cause | is missing
          /rejectedReleases/0/cause/type        | Boredom     | rejectedReleases[0].cause.type | found Boredom; this version
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
    assertThat(ProgressTranslation.progressOf(StoredStatus.of(entry), "prod"))
        .isInstanceOf(Recorded.Readable.class);
    set(entry, pointer, value);

    Recorded recorded = ProgressTranslation.progressOf(StoredStatus.of(entry), "prod");

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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /plan/strategy                      | {hooks: [{name: h, phase: PreTraffic, lambda: {functionName: f}}]} | plan.strategy.hooks
          /plan/strategy/canary/steps/1/pause | {minimumInvocations: 200} | plan.strategy.canary.steps[1].pause.minimumInvocations
          /plan/strategy/canary/steps/1       | {hook: {name: h}}         | plan.strategy.canary.steps[1].hook
          /plan/strategy                      | {preset: LambdaAllAtOnce} | plan.strategy
          /plan/strategy/canary/steps/1/pause | {duration: 5m}            | plan.strategy
          /plan/strategy                      | {bakeTime: 60s}           | plan.strategy
          """)
  void what_a_later_version_pinned_is_never_left_out(String at, String more, String field) {
    ObjectNode entry = full();
    ((ObjectNode) entry.at(at)).setAll((ObjectNode) Situation.yaml(more));

    assertThat(ProgressTranslation.progressOf(StoredStatus.of(entry), "prod"))
        .isInstanceOfSatisfying(
            Recorded.Unreadable.class,
            unreadable -> {
              assertThat(unreadable.field()).isEqualTo("status.stages[prod]." + field);
              assertThat(unreadable.problem()).contains("run the version that wrote it");
            });
  }

  @Test
  void what_is_not_understood_of_one_stage_stops_no_other() {
    ObjectNode melting = full().put("name", "dev").put("phase", "Melting");
    ObjectNode good = full().put("fromLater", "tolerated");
    LambdaRollout rollout = StoredStatus.of(melting, good);

    assertThat(ProgressTranslation.progressOf(rollout, "dev"))
        .isInstanceOf(Recorded.Unreadable.class);
    assertThat(ProgressTranslation.progressOf(rollout, "prod"))
        .isEqualTo(ProgressTranslation.progressOf(StoredStatus.of(full()), "prod"));
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
