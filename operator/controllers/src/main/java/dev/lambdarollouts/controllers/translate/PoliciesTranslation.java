package dev.lambdarollouts.controllers.translate;

import dev.lambdarollouts.crds.common.Parsed;
import dev.lambdarollouts.crds.function.LambdaFunction;
import dev.lambdarollouts.crds.function.LambdaFunctionSpec;
import dev.lambdarollouts.crds.rollout.LambdaRollout;
import dev.lambdarollouts.crds.stage.LambdaStage;
import dev.lambdarollouts.crds.stage.LambdaStageSpec;
import dev.lambdarollouts.engine.fact.Policies;
import dev.lambdarollouts.engine.port.Owner;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the specs say of things in AWS that others did or made; the defaults where unreadable. */
public final class PoliciesTranslation {
  private static final String TAKE_OVER = "lambdarollouts.dev/take-over-from";

  /** On the LambdaRollout: others may run {@code $LATEST} while it is written. */
  private static final String ACCEPT = "lambdarollouts.dev/accept";

  private PoliciesTranslation() {}

  /** Reads them. */
  public static Policies of(
      LambdaRollout rollout, @Nullable LambdaFunction function, @Nullable LambdaStage stage) {
    return new Policies(
        drift(stage), removal(function), takeOver(rollout), adoption(function), accepts(rollout));
  }

  private static Policies.@Nullable TakeOver takeOver(LambdaRollout rollout) {
    String named = annotation(rollout, TAKE_OVER);
    Owner owner = named == null ? null : owner(named);
    return owner == null ? null : new Policies.TakeOver(owner.toString(), OwnerMark.hash(owner));
  }

  /** Refuses an annotation that names no owner. */
  static void check(LambdaRollout rollout, Findings findings) {
    String named = annotation(rollout, TAKE_OVER);
    if (named != null && owner(named) == null) {
      findings.invalid(
          new FieldPath(
              "LambdaRollout " + rollout.getMetadata().getName(),
              "metadata.annotations[" + TAKE_OVER + "]"),
          "found "
              + named
              + "; write what the function's tags say, <installation>/<namespace>/<rollout>, or"
              + " remove it");
    }
  }

  private static @Nullable String annotation(LambdaRollout rollout, String name) {
    Map<String, String> annotations = rollout.getMetadata().getAnnotations();
    return annotations == null ? null : annotations.get(name);
  }

  private static @Nullable Owner owner(String text) {
    String[] parts = text.split("/", -1);
    return parts.length == 3 && Stream.of(parts).noneMatch(String::isBlank)
        ? new Owner(parts[0], parts[1], parts[2])
        : null;
  }

  private static Policies.Adoption adoption(@Nullable LambdaFunction function) {
    if (function == null || !(function.spec() instanceof Parsed.Valid<LambdaFunctionSpec> valid)) {
      return Policies.Adoption.CREATE;
    }
    return switch (valid.value().adoptionPolicy()) {
      case CREATE -> Policies.Adoption.CREATE;
      case ADOPT_OR_CREATE -> Policies.Adoption.ADOPT_OR_CREATE;
      case ADOPT -> Policies.Adoption.ADOPT;
    };
  }

  private static boolean accepts(LambdaRollout rollout) {
    return "TrafficOnLatest".equals(annotation(rollout, ACCEPT));
  }

  /** What cannot be read is not known to ask for anything's end. */
  private static Policies.Removal removal(@Nullable LambdaFunction function) {
    if (function == null || !(function.spec() instanceof Parsed.Valid<LambdaFunctionSpec> valid)) {
      return Policies.Removal.RETAIN;
    }
    return switch (valid.value().deletionPolicy()) {
      case RETAIN -> Policies.Removal.RETAIN;
      case DELETE -> Policies.Removal.DELETE;
    };
  }

  private static Policies.Drift drift(@Nullable LambdaStage stage) {
    if (stage == null || !(stage.spec() instanceof Parsed.Valid<LambdaStageSpec> valid)) {
      return Policies.Drift.PAUSE;
    }
    return switch (valid.value().driftPolicy()) {
      case PAUSE -> Policies.Drift.PAUSE;
      case REVERT -> Policies.Drift.REVERT;
      case ADOPT -> Policies.Drift.ADOPT;
    };
  }
}
