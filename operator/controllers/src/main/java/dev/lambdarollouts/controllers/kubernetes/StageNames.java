package dev.lambdarollouts.controllers.kubernetes;

import dev.lambdarollouts.controllers.translate.RolloutReferences;
import dev.lambdarollouts.crds.common.Parsed;
import dev.lambdarollouts.crds.rollout.LambdaRollout;
import dev.lambdarollouts.crds.rollout.LambdaRolloutStatus;
import dev.lambdarollouts.crds.rollout.StageStatus;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The stages that a rollout names, however much of it can be read. */
final class StageNames {
  private StageNames() {}

  /** In spec and status. */
  static Stream<String> all(LambdaRollout rollout) {
    Stream<String> wanted =
        RolloutReferences.of(rollout).stages().stream()
            .map(RolloutReferences.StageReference::stage)
            .filter(Objects::nonNull);
    return Stream.concat(wanted, recorded(rollout)).distinct();
  }

  /** In the status. */
  static Stream<String> recorded(LambdaRollout rollout) {
    return switch (rollout.status().orElse(null)) {
      case null -> Stream.empty();
      case Parsed.Valid<LambdaRolloutStatus> valid ->
          valid.value().stages().stream().map(StageStatus::name);
      case Parsed.Invalid<LambdaRolloutStatus> invalid ->
          StreamSupport.stream(invalid.raw().path("stages").spliterator(), false)
              .map(stage -> stage.path("name").textValue())
              .filter(Objects::nonNull);
    };
  }
}
