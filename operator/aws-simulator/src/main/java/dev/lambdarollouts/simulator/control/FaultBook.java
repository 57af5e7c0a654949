package dev.lambdarollouts.simulator.control;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.simulator.door.Attempt;
import dev.lambdarollouts.simulator.door.Faults;
import dev.lambdarollouts.simulator.protocol.Json;
import dev.lambdarollouts.simulator.protocol.WireRequest;
import dev.lambdarollouts.simulator.time.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The faults that were asked for over HTTP, by number. */
final class FaultBook {
  private static final int MOST_KEPT = 1000;
  private static final List<String> FILTERS =
      List.of("service", "operation", "resource", "account", "region");
  private static final Set<String> MEMBERS =
      Set.of(
          "fault",
          "service",
          "operation",
          "resource",
          "account",
          "region",
          "times",
          "forSeconds",
          "realSeconds");

  private final Faults faults;
  private final Timeline timeline;
  private final NavigableMap<Long, Entry> entries = new TreeMap<>();
  private long count;

  FaultBook(Faults faults, Timeline timeline) {
    this.faults = faults;
    this.timeline = timeline;
  }

  /**
   * A fault that was asked for.
   *
   * @param filters what a call must be to be struck
   * @param until simulated time; {@link Instant#MAX} when it has no end
   * @param rule null for the whole endpoint being down
   */
  private record Entry(
      FaultKind kind, Map<String, String> filters, Instant until, Faults.@Nullable Rule rule) {}

  synchronized ObjectNode add(WireRequest request) {
    Order order = Order.read(request, MEMBERS);
    FaultKind kind = FaultKind.of(order.required("fault"));
    Map<String, String> filters = new TreeMap<>();
    for (String filter : FILTERS) {
      String value = order.text(filter);
      if (value != null) {
        filters.put(filter, value);
      }
    }
    Duration lasts = order.seconds("forSeconds");
    Duration real = order.seconds("realSeconds");
    Integer times = order.count("times");
    if (real != null && !kind.takesTime()) {
      throw Refusal.badRequest("realSeconds means nothing to " + kind.shown());
    }
    Instant until = lasts == null ? Instant.MAX : timeline.catchUp().plus(lasts);
    Faults.Rule rule = null;
    if (kind == FaultKind.DOWN) {
      if (!filters.isEmpty() || times != null) {
        throw Refusal.badRequest("The whole endpoint is down: only forSeconds may be given");
      }
      faults.downUntil(until);
    } else {
      rule =
          faults.add(
              attempt -> attempt.at().isBefore(until) && fits(attempt, filters),
              kind.fault(real),
              times == null ? Integer.MAX_VALUE : times);
    }
    forgetSpent();
    count++;
    entries.put(count, new Entry(kind, filters, until, rule));
    return show(count, entries.get(count));
  }

  /** The faults that may still strike. */
  synchronized ArrayNode list(Map<String, String> wanted) {
    Instant now = timeline.catchUp();
    ArrayNode list = Json.array();
    entries.forEach(
        (number, entry) -> {
          if (stands(entry, now) && entry.filters().entrySet().containsAll(wanted.entrySet())) {
            list.add(show(number, entry));
          }
        });
    return list;
  }

  synchronized ObjectNode get(long number) {
    Entry entry = entries.get(number);
    if (entry == null) {
      throw Refusal.notFound("There is no fault " + number);
    }
    return show(number, entry);
  }

  synchronized void remove(long number) {
    Entry entry = entries.remove(number);
    if (entry == null) {
      throw Refusal.notFound("There is no fault " + number);
    }
    end(entry);
  }

  /** Removes what fits; without a filter everything, also what was asked for from Java. */
  synchronized void removeAll(Map<String, String> wanted) {
    if (wanted.isEmpty()) {
      faults.clear();
      entries.clear();
      return;
    }
    entries
        .values()
        .removeIf(
            entry -> {
              boolean fits = entry.filters().entrySet().containsAll(wanted.entrySet());
              if (fits) {
                end(entry);
              }
              return fits;
            });
  }

  /** The filters that a query gives, such as {@code ?service=lambda}. */
  static Map<String, String> filters(WireRequest request) {
    Map<String, String> filters = new TreeMap<>();
    for (String filter : FILTERS) {
      String value = request.queryValue(filter);
      if (value != null) {
        filters.put(filter, value);
      }
    }
    return filters;
  }

  /** Whether a call is what the filters say. */
  static boolean fits(Attempt attempt, Map<String, String> filters) {
    return filters.entrySet().stream()
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

  private void end(Entry entry) {
    if (entry.rule() == null) {
      faults.up();
    } else {
      entry.rule().remove();
    }
  }

  /** Those that are used up or over stay known by their number, until they are too many. */
  private void forgetSpent() {
    if (entries.size() > MOST_KEPT) {
      Instant now = timeline.now();
      entries.values().removeIf(entry -> !stands(entry, now));
    }
  }

  private boolean stands(Entry entry, Instant now) {
    return now.isBefore(entry.until())
        && (entry.rule() == null ? now.isBefore(faults.downUntil()) : entry.rule().stands());
  }

  private static ObjectNode show(long number, Entry entry) {
    ObjectNode tree = Json.object().put("id", number).put("fault", entry.kind().shown());
    entry.filters().forEach(tree::put);
    Faults.Rule rule = entry.rule();
    if (rule != null) {
      tree.put("struck", rule.struck());
      if (rule.left() != Integer.MAX_VALUE) {
        tree.put("left", rule.left());
      }
    }
    if (!entry.until().equals(Instant.MAX)) {
      tree.put("until", entry.until().toString());
    }
    return tree;
  }
}
