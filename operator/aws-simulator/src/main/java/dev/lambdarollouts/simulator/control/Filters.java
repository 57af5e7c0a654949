package dev.lambdarollouts.simulator.control;

import dev.lambdarollouts.simulator.door.Attempt;
import dev.lambdarollouts.simulator.protocol.WireRequest;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a call must be; what is left out fits all. */
record Filters(SortedMap<String, String> wanted) {
  static final List<String> NAMES =
      List.of("service", "operation", "resource", "account", "region");

  /** Those that a query gives, such as {@code ?service=lambda}. */
  static Filters of(WireRequest request) {
    return read(request::queryValue);
  }

  /** Those that the body of a request gives. */
  static Filters of(Order order) {
    return read(order::text);
  }

  private static Filters read(Function<String, @Nullable String> given) {
    SortedMap<String, String> wanted = new TreeMap<>();
    for (String name : NAMES) {
      String value = given.apply(name);
      if (value != null) {
        wanted.put(name, value);
      }
    }
    return new Filters(wanted);
  }

  boolean isEmpty() {
    return wanted.isEmpty();
  }

  @Nullable String service() {
    return wanted.get("service");
  }

  @Nullable String operation() {
    return wanted.get("operation");
  }

  @Nullable String resource() {
    return wanted.get("resource");
  }

  /** Whether these say what {@code others} say, and maybe more. */
  boolean include(Filters others) {
    return wanted.entrySet().containsAll(others.wanted.entrySet());
  }

  boolean fits(Attempt attempt) {
    return wanted.entrySet().stream()
        .allMatch(
            filter ->
                switch (filter.getKey()) {
                  case "service" -> attempt.service().equals(filter.getValue());
                  case "operation" -> attempt.operation().equals(filter.getValue());
                  case "resource" -> attempt.resource().equals(filter.getValue());
                  case "account" -> attempt.account().equals(filter.getValue());
                  default -> attempt.region().equals(filter.getValue());
                });
  }
}
