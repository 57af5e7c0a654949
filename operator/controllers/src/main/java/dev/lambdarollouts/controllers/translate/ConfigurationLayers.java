package dev.lambdarollouts.controllers.translate;

import dev.lambdarollouts.crds.function.FunctionCode;
import dev.lambdarollouts.crds.function.FunctionConfiguration;
import dev.lambdarollouts.crds.function.FunctionOverrides;
import dev.lambdarollouts.crds.function.LambdaFunctionSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A function's configuration with what overrides it laid over: the LambdaStage's over the
 * LambdaFunction's, the LambdaRollout's over both.
 */
final class ConfigurationLayers {
  private final List<Layer> strongestFirst = new ArrayList<>();

  private record Layer(
      FunctionConfiguration fields, @Nullable FunctionCode code, FieldPath at, boolean overrides) {}

  ConfigurationLayers(LambdaFunctionSpec function, FieldPath at) {
    strongestFirst.add(new Layer(function, function.code(), at, false));
  }

  /** Lays overrides over all that is there. */
  void override(@Nullable FunctionOverrides overrides, FieldPath at) {
    if (overrides != null) {
      strongestFirst.addFirst(new Layer(overrides, overrides.code(), at, true));
    }
  }

  /** Refuses fields wherever they stand. */
  void refuse(UnsupportedFields<FunctionConfiguration> fields, Findings findings) {
    strongestFirst.reversed().forEach(layer -> fields.refuse(layer.fields(), layer.at(), findings));
  }

  /** The value that wins, absent where nobody gives one. */
  <T> @Nullable Sourced<T> strongest(
      String field, Function<FunctionConfiguration, @Nullable T> read) {
    for (Layer layer : strongestFirst) {
      T value = read.apply(layer.fields());
      if (value != null) {
        return new Sourced<>(value, layer.at().at(field));
      }
    }
    return null;
  }

  /** All values, the weakest first, so that a later one may replace parts of an earlier one. */
  <T> List<Sourced<T>> weakestFirst(
      String field, Function<FunctionConfiguration, @Nullable T> read) {
    List<Sourced<T>> values = new ArrayList<>();
    for (Layer layer : strongestFirst.reversed()) {
      T value = read.apply(layer.fields());
      if (value != null) {
        values.add(new Sourced<>(value, layer.at().at(field)));
      }
    }
    return values;
  }

  /** The code that wins. */
  Sourced<FunctionCode> code() {
    for (Layer layer : strongestFirst) {
      if (layer.code() != null) {
        return new Sourced<>(layer.code(), layer.at().at("code"));
      }
    }
    throw new IllegalStateException("a LambdaFunction always has code: its schema requires it");
  }

  /** True when a stage runs other code than the function's own. */
  boolean overridesCode() {
    return strongestFirst.stream().anyMatch(layer -> layer.overrides() && layer.code() != null);
  }

  /** Where the function itself is written, to point at what nobody gives. */
  FieldPath function() {
    return strongestFirst.getLast().at();
  }
}
