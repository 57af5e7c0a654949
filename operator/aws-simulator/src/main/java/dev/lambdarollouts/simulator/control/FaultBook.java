package dev.lambdarollouts.simulator.control;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.simulator.door.Faults;
import dev.lambdarollouts.simulator.protocol.Json;
import dev.lambdarollouts.simulator.protocol.WireRequest;
import dev.lambdarollouts.simulator.time.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The faults that were asked for over HTTP, by number. */
final class FaultBook {
  private static final int MOST_KEPT = 1000;
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
  private final KnownCalls known;
  private final NavigableMap<Long, Entry> entries = new TreeMap<>();
  private long count;

  FaultBook(Faults faults, Timeline timeline, KnownCalls known) {
    this.faults = faults;
    this.timeline = timeline;
    this.known = known;
  }

  /**
   * A fault that was asked for.
   *
   * @param filters what a call must be to be struck
   * @param until simulated time; {@link Instant#MAX} when it has no end
   * @param rule null for the whole endpoint being down
   * @param outage null for all but that
   */
  private record Entry(
      FaultKind kind,
      Filters filters,
      Instant until,
      Faults.@Nullable Rule rule,
      Faults.@Nullable Outage outage) {}

  synchronized ObjectNode add(WireRequest request) {
    Order order = Order.read(request, MEMBERS);
    FaultKind kind = FaultKind.of(order.required("fault"));
    Filters filters = Filters.of(order);
    known.requireOperation(filters);
    Duration lasts = order.seconds("forSeconds");
    Duration real = order.seconds("realSeconds");
    Integer times = order.count("times");
    if (real != null && !kind.takesTime()) {
      throw Refusal.badRequest("realSeconds means nothing to " + kind.shown());
    }
    Instant until = lasts == null ? Instant.MAX : timeline.catchUp().plus(lasts);
    Faults.Rule rule = null;
    Faults.Outage outage = null;
    if (kind == FaultKind.DOWN) {
      if (!filters.isEmpty() || times != null) {
        throw Refusal.badRequest("The whole endpoint is down: only forSeconds may be given");
      }
      outage = faults.downUntil(until);
    } else {
      rule =
          faults.add(
              attempt -> attempt.at().isBefore(until) && filters.fits(attempt),
              kind.fault(real),
              times == null ? Integer.MAX_VALUE : times);
    }
    forgetSpent();
    count++;
    entries.put(count, new Entry(kind, filters, until, rule, outage));
    return show(count, entries.get(count));
  }

  /** The faults that may still strike. */
  synchronized ArrayNode list(Filters wanted) {
    Instant now = timeline.catchUp();
    ArrayNode list = Json.array();
    entries.forEach(
        (number, entry) -> {
          if (stands(entry, now) && entry.filters().include(wanted)) {
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
  synchronized void removeAll(Filters wanted) {
    if (wanted.isEmpty()) {
      faults.clear();
      entries.clear();
      return;
    }
    entries
        .values()
        .removeIf(
            entry -> {
              boolean fits = entry.filters().include(wanted);
              if (fits) {
                end(entry);
              }
              return fits;
            });
  }

  private static void end(Entry entry) {
    if (entry.rule() != null) {
      entry.rule().remove();
    }
    if (entry.outage() != null) {
      entry.outage().end();
    }
  }

  /** Those that are used up or over stay known by their number, until they are too many. */
  private void forgetSpent() {
    if (entries.size() > MOST_KEPT) {
      Instant now = timeline.now();
      entries.values().removeIf(entry -> !stands(entry, now));
    }
  }

  private static boolean stands(Entry entry, Instant now) {
    Faults.Rule rule = entry.rule();
    Faults.Outage outage = entry.outage();
    return now.isBefore(entry.until())
        && (rule == null || rule.stands())
        && (outage == null || outage.lasts(now));
  }

  private static ObjectNode show(long number, Entry entry) {
    ObjectNode tree = Json.object().put("id", number).put("fault", entry.kind().shown());
    entry.filters().wanted().forEach(tree::put);
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
