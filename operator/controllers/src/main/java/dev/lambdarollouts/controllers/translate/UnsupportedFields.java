package dev.lambdarollouts.controllers.translate;

import dev.lambdarollouts.crds.function.FunctionConfiguration;
import dev.lambdarollouts.crds.function.LambdaFunctionSpec;
import dev.lambdarollouts.crds.function.VpcConfig;
import dev.lambdarollouts.crds.strategy.CanaryStep;
import dev.lambdarollouts.crds.strategy.CanaryStep.PauseStep;
import dev.lambdarollouts.crds.strategy.RolloutStrategySpec;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The fields that the API has and this version does not carry out: refused wherever they ask for
 * something, never ignored. Whoever builds one takes its row away.
 */
final class UnsupportedFields<T> {
  static final UnsupportedFields<FunctionConfiguration> CONFIGURATION =
      new UnsupportedFields<>(List.of(row("tags", FunctionConfiguration::tags)));

  static final UnsupportedFields<LambdaFunctionSpec> FUNCTION =
      new UnsupportedFields<>(
          List.of(
              row("triggers", LambdaFunctionSpec::triggers),
              row("alarms", LambdaFunctionSpec::alarms),
              row("dashboard", LambdaFunctionSpec::dashboard, false),
              row("logSubscription", LambdaFunctionSpec::logSubscription)));

  static final UnsupportedFields<VpcConfig> VPC =
      new UnsupportedFields<>(
          List.of(row("ipv6AllowedForDualStack", VpcConfig::ipv6AllowedForDualStack, false)));

  static final UnsupportedFields<RolloutStrategySpec> STRATEGY =
      new UnsupportedFields<>(
          List.of(
              row("blueGreen", RolloutStrategySpec::blueGreen),
              row("analysis", RolloutStrategySpec::analysis),
              row("hooks", RolloutStrategySpec::hooks)));

  static final UnsupportedFields<CanaryStep> STEP =
      new UnsupportedFields<>(
          List.of(row("analysis", CanaryStep::analysis), row("hook", CanaryStep::hook)));

  static final UnsupportedFields<PauseStep> PAUSE =
      new UnsupportedFields<>(List.of(row("minimumInvocations", PauseStep::minimumInvocations)));

  private final List<Row<T>> rows;

  private UnsupportedFields(List<Row<T>> rows) {
    this.rows = rows;
  }

  /**
   * A field that is not built yet.
   *
   * @param allowed the one value that asks for nothing beyond what is built, absent where every
   *     value does
   */
  private record Row<T>(
      String field, Function<T, @Nullable Object> read, @Nullable Object allowed) {

    boolean asksIn(T fields) {
      Object found = read.apply(fields);
      return found != null && !found.equals(allowed) && !isEmpty(found);
    }
  }

  private static <T> Row<T> row(String field, Function<T, @Nullable Object> read) {
    return new Row<>(field, read, null);
  }

  private static <T> Row<T> row(String field, Function<T, @Nullable Object> read, Object allowed) {
    return new Row<>(field, read, allowed);
  }

  /** Refuses what is asked for in the object at this place. */
  void refuse(T fields, FieldPath at, Findings findings) {
    for (Row<T> row : rows) {
      if (row.asksIn(fields)) {
        findings.invalid(at.at(row.field()), problem(row.read().apply(fields), row.allowed()));
      }
    }
  }

  /** The first of them that the object asks for, absent when there is none. */
  @Nullable String firstIn(T fields) {
    return rows.stream().filter(row -> row.asksIn(fields)).map(Row::field).findFirst().orElse(null);
  }

  private static String problem(@Nullable Object found, @Nullable Object allowed) {
    return allowed == null
        ? "is not supported yet: remove it"
        : "found " + found + ", which is not supported yet: remove it, or use " + allowed;
  }

  private static boolean isEmpty(Object found) {
    return switch (found) {
      case Collection<?> list -> list.isEmpty();
      case Map<?, ?> map -> map.isEmpty();
      default -> false;
    };
  }
}
