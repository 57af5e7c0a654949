package dev.lambdarollouts.controllers.loop;

import dev.lambdarollouts.controllers.cluster.ObjectKey;
import dev.lambdarollouts.controllers.observe.Contest;
import dev.lambdarollouts.controllers.translate.FunctionKey;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which rollout means which function in AWS: one function belongs to one rollout (api.md, What must
 * always hold, 12).
 */
public final class FunctionClaims {
  private static final Comparator<Claim> OLDEST_FIRST =
      Comparator.comparing(Claim::created)
          .thenComparing(claim -> claim.rollout.namespace())
          .thenComparing(claim -> claim.rollout.name());

  private final Map<ObjectKey, Map<FunctionKey, Claim>> byRollout = new HashMap<>();
  private final Map<FunctionKey, Map<ObjectKey, Claim>> byFunction = new HashMap<>();

  private final Set<ObjectKey> incomplete = new HashSet<>();

  /** The caches are a moment behind: the newest are enough. */
  private final Set<String> gone = Collections.newSetFromMap(new NewestOnly());

  private static final class NewestOnly extends LinkedHashMap<String, Boolean> {
    private static final int MOST = 10_000;

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
      return size() > MOST;
    }
  }

  /**
   * One rollout's word.
   *
   * @param worked it has done something to the function already
   */
  private record Claim(ObjectKey rollout, Instant created, boolean worked) {}

  /** A rollout has nothing left to do: what the cache still has of it means nothing. */
  public synchronized void letGo(String uid) {
    gone.add(uid);
  }

  /** True for a rollout that was let go; its uid never comes again. */
  public synchronized boolean isGone(String uid) {
    return gone.contains(uid);
  }

  /** True once it has said all that it means. */
  public synchronized boolean knows(ObjectKey rollout) {
    return byRollout.containsKey(rollout) && !incomplete.contains(rollout);
  }

  /**
   * Says what a rollout means, in place of what it said before.
   *
   * @param worked whether it has done something to each function already
   * @param complete false while it cannot be said where one of its stages is
   * @return the rollouts that may now have what this one gave up
   */
  public synchronized Set<ObjectKey> claim(
      ObjectKey rollout, Instant created, Map<FunctionKey, Boolean> worked, boolean complete) {
    if (complete) {
      incomplete.remove(rollout);
    } else {
      incomplete.add(rollout);
    }
    Map<FunctionKey, Claim> before = byRollout.getOrDefault(rollout, Map.of());
    Set<FunctionKey> givenUp = new HashSet<>(before.keySet());
    givenUp.removeAll(worked.keySet());
    Set<ObjectKey> heirs = heirs(rollout, givenUp);
    givenUp.forEach(function -> remove(rollout, function));
    Map<FunctionKey, Claim> claims = new HashMap<>();
    worked.forEach(
        (function, hasWorked) -> {
          Claim claim = new Claim(rollout, created, hasWorked);
          claims.put(function, claim);
          byFunction.computeIfAbsent(function, key -> new HashMap<>()).put(rollout, claim);
        });
    byRollout.put(rollout, claims);
    return heirs;
  }

  /**
   * The rollout is gone.
   *
   * @return the rollouts that may now have what it had
   */
  public synchronized Set<ObjectKey> drop(ObjectKey rollout) {
    incomplete.remove(rollout);
    Map<FunctionKey, Claim> before = byRollout.remove(rollout);
    if (before == null) {
      return Set.of();
    }
    Set<ObjectKey> heirs = heirs(rollout, before.keySet());
    before.keySet().forEach(function -> remove(rollout, function));
    return heirs;
  }

  /** How a function stands between a rollout that claims it and the others that do. */
  public synchronized Contest contest(ObjectKey rollout, FunctionKey function) {
    Map<ObjectKey, Claim> claims = byFunction.getOrDefault(function, Map.of());
    Claim own = claims.get(rollout);
    if (own == null || own.worked || claims.size() == 1) {
      return new Contest.None();
    }
    return claims.values().stream()
        .filter(claim -> claim.worked)
        .min(OLDEST_FIRST)
        .<Contest>map(other -> new Contest.Lost(belongs(function, other)))
        .orElseGet(() -> open(function, own, claims));
  }

  private static Contest open(FunctionKey function, Claim own, Map<ObjectKey, Claim> claims) {
    Claim oldest = claims.values().stream().min(OLDEST_FIRST).orElse(own);
    return new Contest.Open(
        oldest.equals(own) ? null : belongs(function, oldest) + ", which is older");
  }

  private static String belongs(FunctionKey function, Claim other) {
    return function + " belongs to LambdaRollout " + other.rollout;
  }

  private Set<ObjectKey> heirs(ObjectKey rollout, Set<FunctionKey> functions) {
    return functions.stream()
        .flatMap(function -> byFunction.getOrDefault(function, Map.of()).keySet().stream())
        .filter(other -> !other.equals(rollout))
        .collect(Collectors.toSet());
  }

  private void remove(ObjectKey rollout, FunctionKey function) {
    Map<ObjectKey, Claim> claims = byFunction.get(function);
    if (claims != null) {
      claims.remove(rollout);
      if (claims.isEmpty()) {
        byFunction.remove(function);
      }
    }
  }
}
