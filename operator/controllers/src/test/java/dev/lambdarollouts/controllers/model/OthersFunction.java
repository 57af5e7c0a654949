package dev.lambdarollouts.controllers.model;

import dev.lambdarollouts.engine.port.FunctionDefinition;
import java.util.List;
import java.util.TreeMap;

/** A function that nobody of this operator made. */
final class OthersFunction {
  private OthersFunction() {}

  static FunctionDefinition named(String name) {
    return new FunctionDefinition(
        name,
        new FunctionDefinition.Code.Image("others"),
        null,
        null,
        "role",
        List.of(),
        null,
        null,
        null,
        new TreeMap<>(),
        List.of(),
        null,
        null,
        null,
        null,
        null,
        null,
        List.of(),
        null);
  }
}
