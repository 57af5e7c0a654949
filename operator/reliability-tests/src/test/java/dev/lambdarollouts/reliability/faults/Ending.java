package dev.lambdarollouts.reliability.faults;

import dev.lambdarollouts.controllers.model.ModelWorld;
import dev.lambdarollouts.crds.action.RolloutAction;
import dev.lambdarollouts.crds.action.RolloutActionStatus;
import dev.lambdarollouts.crds.common.Parsed;
import dev.lambdarollouts.crds.rollout.HistoryEntry;
import dev.lambdarollouts.crds.rollout.LambdaRollout;
import dev.lambdarollouts.crds.rollout.LambdaRolloutStatus;
import dev.lambdarollouts.crds.rollout.RejectedRelease;
import dev.lambdarollouts.crds.rollout.StageStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a story ended, times left out. */
record Ending(
    List<String> stages,
    @Nullable String message,
    List<String> moves,
    List<String> aliases,
    List<String> versions,
    List<String> owned,
    List<String> beside,
    List<String> words,
    boolean gone) {

  static final Ending NONE =
      new Ending(
          List.of(), null, List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), true);

  static Ending of(ModelWorld world) {
    LambdaRollout rollout = Standings.rollout(world);
    LambdaRolloutStatus status = Standings.status(rollout);
    var aws = world.aws();
    List<String> functions = aws.functions().names().stream().sorted().toList();
    return new Ending(
        world.cluster().seen().stream()
            .flatMap(one -> Standings.of(one).stream().map(stage -> text(one, stage)))
            .toList(),
        status == null ? null : status.message(),
        aws.aliases().moves(),
        functions.stream()
            .map(name -> name + ": " + aws.aliases().description(name, "live"))
            .toList(),
        functions.stream().map(name -> name + ": " + aws.functions().versions(name)).toList(),
        functions.stream().filter(name -> aws.functions().owner(name) != null).toList(),
        functions.stream().map(name -> name + ": " + aws.functions().side().of(name)).toList(),
        world.cluster().actions(Standings.HELLO).stream().map(Ending::text).toList(),
        rollout == null);
  }

  Ending withoutMoves() {
    return new Ending(stages, message, List.of(), aliases, versions, owned, beside, words, gone);
  }

  private static String text(LambdaRollout rollout, StageStatus stage) {
    return String.join(
        " ",
        rollout.getMetadata().getName(),
        stage.name(),
        stage.phase().toString(),
        "attempt " + stage.attempt(),
        "stable " + stage.stableVersion() + " " + stage.stableRelease(),
        "weight " + stage.weight(),
        "rejected " + stage.rejectedReleases().stream().map(RejectedRelease::release).toList(),
        "history " + stage.history().stream().map(Ending::text).toList());
  }

  private static String text(RolloutAction action) {
    return action.getMetadata().getName()
        + " "
        + action.status().flatMap(Parsed::valid).map(RolloutActionStatus::phase).orElse(null);
  }

  private static String text(HistoryEntry entry) {
    return entry.version() + " " + entry.outcome() + " " + entry.by();
  }
}
