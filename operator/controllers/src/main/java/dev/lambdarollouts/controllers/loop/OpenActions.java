package dev.lambdarollouts.controllers.loop;

import dev.lambdarollouts.crds.action.ActionVerb;
import dev.lambdarollouts.crds.action.RolloutAction;
import dev.lambdarollouts.crds.action.RolloutActionSpec;
import dev.lambdarollouts.crds.action.RolloutActionStatus;
import dev.lambdarollouts.crds.common.Parsed;
import dev.lambdarollouts.engine.fact.OpenAction;
import dev.lambdarollouts.engine.fact.ReleaseId;
import dev.lambdarollouts.engine.fact.VersionNumber;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The actions that name a rollout: which stage each is for, and which can be refused unseen. */
public final class OpenActions {
  /** How long a finished action is kept; api.md, RolloutAction. */
  public static final Duration KEPT = Duration.ofDays(7);

  private final Map<String, RefusedAction> refusedBefore;
  private final Map<String, String> recordedAt;
  private final Predicate<String> approvalsIgnored;
  private final Map<String, List<OpenAction>> byStage = new HashMap<>();
  private final Map<String, RolloutAction> byUid = new HashMap<>();
  private final Map<String, String> refused = new HashMap<>();
  private final Map<String, RefusedAction> toldBefore = new HashMap<>();
  private final List<RolloutAction> finished = new ArrayList<>();

  /**
   * Sorts them.
   *
   * @param refusedBefore by uid: judged once, whatever can be told of it, and whatever the cache
   *     knows of it
   * @param stages that the rollout has
   * @param recordedAt by the uid of an action that was applied, the stage that recorded it
   * @param current the stage that is meant where an action names none; absent when there is none
   * @param approvalsIgnored true of a user whose Approve does not count
   */
  OpenActions(
      List<RolloutAction> actions,
      Map<String, RefusedAction> refusedBefore,
      Set<String> stages,
      Map<String, String> recordedAt,
      @Nullable String current,
      Predicate<String> approvalsIgnored) {
    this.refusedBefore = refusedBefore;
    this.approvalsIgnored = approvalsIgnored;
    this.recordedAt = recordedAt;
    actions.stream()
        .sorted(
            Comparator.comparing(OpenActions::created)
                .thenComparing(action -> action.getMetadata().getUid()))
        .forEach(action -> sort(action, stages, current));
  }

  /** For one stage, oldest first. */
  List<OpenAction> of(String stage) {
    return byStage.getOrDefault(stage, List.of());
  }

  /** The object behind a uid that was judged. */
  Optional<RolloutAction> object(String uid) {
    return Optional.ofNullable(byUid.get(uid));
  }

  /** Uid and why, of those that have to be told so. */
  Map<String, String> refused() {
    return Map.copyOf(refused);
  }

  /** By uid, those that were told that they are refused, and that the cache still shows as open. */
  Map<String, RefusedAction> toldBefore() {
    return Map.copyOf(toldBefore);
  }

  /** True while there is an action of this uid, judged or not. */
  boolean exists(String uid) {
    return byUid.containsKey(uid);
  }

  /** Those that were finished before this moment. */
  List<RolloutAction> finishedBefore(Instant moment) {
    return finished.stream().filter(action -> finishedAt(action).isBefore(moment)).toList();
  }

  /** When the oldest finished one may go; absent when none is finished. */
  @Nullable Instant nextExpiry() {
    return finished.stream()
        .map(action -> finishedAt(action).plus(KEPT))
        .min(Comparator.naturalOrder())
        .orElse(null);
  }

  private void sort(RolloutAction action, Set<String> stages, @Nullable String current) {
    String uid = action.getMetadata().getUid();
    byUid.put(uid, action);
    if (isFinished(action)) {
      finished.add(action);
      return;
    }
    RefusedAction before = refusedBefore.get(uid);
    if (before != null) {
      remember(uid, before);
      return;
    }
    switch (action.spec()) {
      case Parsed.Invalid<RolloutActionSpec> invalid -> refused.put(uid, invalid.message());
      case Parsed.Valid<RolloutActionSpec> valid -> sort(uid, valid.value(), stages, current);
    }
  }

  private void remember(String uid, RefusedAction before) {
    if (before.told()) {
      toldBefore.put(uid, before);
    } else {
      refused.put(uid, before.why());
    }
  }

  private void sort(
      String uid, RolloutActionSpec spec, Set<String> stages, @Nullable String current) {
    OpenAction.Verb verb = verb(spec.action());
    String stage = stageOf(uid, spec, current);
    if (verb == null) {
      refused.put(uid, spec.action() + " is not supported yet");
    } else if (stage == null || !stages.contains(stage)) {
      refused.put(
          uid,
          "spec.stage is "
              + stage
              + ", but the rollout's stages are "
              + String.join(", ", stages.stream().sorted().toList()));
    } else {
      byStage
          .computeIfAbsent(stage, name -> new ArrayList<>())
          .add(
              new OpenAction(
                  uid,
                  verb,
                  Objects.requireNonNullElse(spec.requestedBy(), "somebody"),
                  spec.reason(),
                  spec.release() == null ? null : new ReleaseId(spec.release()),
                  spec.step(),
                  spec.toVersion() == null ? null : new VersionNumber(spec.toVersion()),
                  asker(spec.requestedBy())));
    }
  }

  private OpenAction.Asker asker(@Nullable String requestedBy) {
    if (requestedBy == null || requestedBy.isBlank()) {
      return OpenAction.Asker.NOBODY;
    }
    return approvalsIgnored.test(requestedBy) ? OpenAction.Asker.IGNORED : OpenAction.Asker.PERSON;
  }

  /** What was applied in a stage stays that stage's, whichever is the current one by now. */
  private @Nullable String stageOf(String uid, RolloutActionSpec spec, @Nullable String current) {
    String recorded = recordedAt.get(uid);
    if (recorded != null) {
      return recorded;
    }
    return spec.stage() == null ? current : spec.stage();
  }

  private static OpenAction.@Nullable Verb verb(ActionVerb verb) {
    return switch (verb) {
      case APPROVE -> OpenAction.Verb.APPROVE;
      case REJECT -> OpenAction.Verb.REJECT;
      case PROMOTE -> OpenAction.Verb.PROMOTE;
      case PROMOTE_FULLY -> OpenAction.Verb.PROMOTE_FULLY;
      case PAUSE -> OpenAction.Verb.PAUSE;
      case RESUME -> OpenAction.Verb.RESUME;
      case ABORT -> OpenAction.Verb.ABORT;
      case RETRY -> OpenAction.Verb.RETRY;
      case ROLL_BACK -> OpenAction.Verb.ROLL_BACK;
    };
  }

  /** A status that cannot be read was written by an operator: it was judged. */
  private static boolean isFinished(RolloutAction action) {
    return action
        .status()
        .map(
            status ->
                switch (status) {
                  case Parsed.Valid<RolloutActionStatus> valid -> valid.value().phase() != null;
                  case Parsed.Invalid<RolloutActionStatus> invalid -> true;
                })
        .orElse(false);
  }

  /** When it was applied; for one that was refused, when it was made. */
  public static Instant finishedAt(RolloutAction action) {
    return action
        .status()
        .flatMap(Parsed::valid)
        .map(RolloutActionStatus::appliedAt)
        .orElseGet(() -> created(action));
  }

  private static Instant created(RolloutAction action) {
    String created = action.getMetadata().getCreationTimestamp();
    return created == null ? Instant.EPOCH : Instant.parse(created);
  }
}
