package dev.lambdarollouts.controllers.translate;

import dev.lambdarollouts.crds.common.LambdaRolloutsResource;
import dev.lambdarollouts.crds.common.Parsed;
import dev.lambdarollouts.crds.function.LambdaFunction;
import dev.lambdarollouts.crds.stage.LambdaStage;
import dev.lambdarollouts.crds.strategy.RolloutStrategy;
import dev.lambdarollouts.engine.port.StageTarget;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Whether an object can be used, seen on its own: without the rollouts that name it, whose stages
 * may still not fit it.
 */
public final class SpecCheck {
  /** Names as long as they come, for placeholders that only a rollout resolves. */
  private static final StageNames SOME =
      new StageNames("namespace", "rollout", "function", "stage");

  private final Findings findings = new Findings();

  private SpecCheck() {}

  /** What is wrong, and what to do; absent when it can be used. */
  public static @Nullable String problem(LambdaFunction function) {
    SpecCheck check = new SpecCheck();
    FieldPath at = at("LambdaFunction", function);
    return check.problem(
        at,
        function,
        spec -> {
          UnsupportedFields.FUNCTION.refuse(spec, at, check.findings);
          UnsupportedFields.CONFIGURATION.refuse(spec, at, check.findings);
          new PublishedTranslation(new ConfigurationLayers(spec, at), check.findings).translate();
        });
  }

  /** What is wrong, and what to do; absent when it can be used. */
  public static @Nullable String problem(LambdaStage stage) {
    SpecCheck check = new SpecCheck();
    FieldPath at = at("LambdaStage", stage);
    return check.problem(
        at,
        stage,
        spec -> {
          SideTranslation.check(spec, at, check.findings);
          PromotionCalendar.check(spec.promotionWindows(), at, check.findings);
          new PlaceReading(names(stage), at, check.findings).read(stage.spec());
        });
  }

  /** What is wrong, and what to do; absent when it can be used. */
  public static @Nullable String problem(RolloutStrategy strategy) {
    SpecCheck check = new SpecCheck();
    FieldPath at = at("RolloutStrategy", strategy);
    StagePlace place =
        new StagePlace(new StageTarget("111122223333", "us-east-1", null), "function", "live");
    return check.problem(
        at,
        strategy,
        spec -> new StrategyTranslation(SOME.forAlarms(place), check.findings).translate(spec, at));
  }

  /** Account, region and credentials of a stage; absent where they cannot be read. */
  public static @Nullable StageTarget target(LambdaStage stage) {
    StagePlace place =
        new PlaceReading(names(stage), at("LambdaStage", stage), new Findings()).read(stage.spec());
    return place == null ? null : place.target();
  }

  private static StageNames names(LambdaStage stage) {
    return new StageNames(
        stage.getMetadata().getNamespace(),
        SOME.rollout(),
        SOME.function(),
        stage.getMetadata().getName());
  }

  private static FieldPath at(String kind, LambdaRolloutsResource<?, ?> object) {
    return FieldPath.spec(kind, object.getMetadata().getName());
  }

  private <S> @Nullable String problem(
      FieldPath at, LambdaRolloutsResource<S, ?> object, Consumer<S> look) {
    return switch (object.spec()) {
      case Parsed.Invalid<S> invalid -> invalid.message();
      case Parsed.Valid<S> valid -> {
        look.accept(valid.value());
        yield findings.outcome(null) instanceof StageWanted.Invalid invalid
            ? invalid.field().substring(at.object().length() + 2) + ": " + invalid.message()
            : null;
      }
    };
  }
}
