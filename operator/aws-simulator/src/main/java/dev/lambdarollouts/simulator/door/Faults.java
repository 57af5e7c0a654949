package dev.lambdarollouts.simulator.door;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The faults that were asked for. The first that fits a call and is not used up strikes it. */
public final class Faults {
  private final List<Rule> rules = new CopyOnWriteArrayList<>();
  private final List<Outage> outages = new CopyOnWriteArrayList<>();

  /** A time in which the whole endpoint cuts every connection. */
  public final class Outage {
    private final Instant end;

    private Outage(Instant end) {
      this.end = end;
    }

    /** Whether it lasts at an instant: it was not ended and is not over. */
    public boolean lasts(Instant now) {
      return now.isBefore(end) && outages.contains(this);
    }

    /** The endpoint is up again, unless another outage lasts. */
    public void end() {
      outages.remove(this);
    }
  }

  /** A fault that was asked for. */
  public final class Rule {
    private final Predicate<Attempt> condition;
    private final Fault fault;
    private final AtomicInteger left;
    private final AtomicInteger struck = new AtomicInteger();

    private Rule(Predicate<Attempt> condition, Fault fault, int times) {
      this.condition = condition;
      this.fault = fault;
      this.left = new AtomicInteger(times);
    }

    /** How many calls it struck. */
    public int struck() {
      return struck.get();
    }

    /** How many more calls it may strike; {@link Integer#MAX_VALUE} is without end. */
    public int left() {
      return left.get();
    }

    /** Whether it may still strike: it was not removed and is not used up. */
    public boolean stands() {
      return left.get() > 0 && rules.contains(this);
    }

    public void remove() {
      rules.remove(this);
    }

    private boolean strikes(Attempt attempt) {
      boolean strikes = condition.test(attempt) && left.getAndUpdate(Rule::oneLess) > 0;
      if (strikes) {
        struck.incrementAndGet();
      }
      return strikes;
    }

    private static int oneLess(int times) {
      return times > 0 && times < Integer.MAX_VALUE ? times - 1 : times;
    }
  }

  /** Strikes every call that fits, until it is removed. */
  public Rule add(Predicate<Attempt> condition, Fault fault) {
    return add(condition, fault, Integer.MAX_VALUE);
  }

  /** Strikes the next call that fits. */
  public Rule once(Predicate<Attempt> condition, Fault fault) {
    return add(condition, fault, 1);
  }

  /** Strikes the next calls that fit. */
  public Rule add(Predicate<Attempt> condition, Fault fault, int times) {
    Rule rule = new Rule(condition, fault, times);
    rules.add(rule);
    return rule;
  }

  /** Strikes the next call of one operation, such as {@code ("lambda", "UpdateAlias")}. */
  public Rule once(String service, String operation, Fault fault) {
    return once(attempt -> attempt.is(service, operation), fault);
  }

  /** The whole endpoint cuts every connection, until it is up again. */
  public void down() {
    var _ = downUntil(Instant.MAX);
  }

  /** The whole endpoint cuts every connection, up to an instant of simulated time. */
  public Outage downUntil(Instant end) {
    Outage outage = new Outage(end);
    outages.add(outage);
    return outage;
  }

  /** Every outage is over. */
  public void up() {
    outages.clear();
  }

  /** All is well again. */
  public void clear() {
    rules.clear();
    up();
  }

  /** When the last outage ends: {@link Instant#MIN} when there is none. */
  public Instant downUntil() {
    return outages.stream()
        .map(outage -> outage.end)
        .max(Comparator.naturalOrder())
        .orElse(Instant.MIN);
  }

  /** Whether the whole endpoint is down at an instant. */
  public boolean isDown(Instant now) {
    return now.isBefore(downUntil());
  }

  @Nullable Fault strike(Attempt attempt) {
    for (Rule rule : rules) {
      if (rule.strikes(attempt)) {
        return rule.fault;
      }
    }
    return null;
  }
}
