package dev.lambdarollouts.controllers.translate;

import dev.lambdarollouts.crds.rollout.PinnedPlan;
import dev.lambdarollouts.engine.plan.Plan;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Plans and how they stand pinned, of the attempts that are under way: each is read and written
 * again at every pass. The one that was not asked for the longest is forgotten, at the cost of one
 * translation. Thread safe.
 */
final class LatelyPinned {
  /** More than rollouts move at one time on most installations; about 2 KB each. */
  private static final int MOST = 256;

  private final Map<Plan, PinnedPlan> pinned = new Lately<>(MOST);
  private final Map<String, Known> read = new Lately<>(MOST);

  private record Known(PinnedPlan pinned, Plan plan) {}

  /** How it is pinned, absent when that is not known any more. */
  synchronized @Nullable PinnedPlan of(Plan plan) {
    return pinned.get(plan);
  }

  /** What stands pinned, absent when that is not known: never by the hash alone. */
  synchronized @Nullable Plan of(PinnedPlan found) {
    Known known = read.get(found.hash());
    return known != null && known.pinned().equals(found) ? known.plan() : null;
  }

  /** How we write it. */
  synchronized void written(Plan plan, PinnedPlan as) {
    pinned.put(plan, as);
    read.put(as.hash(), new Known(as, plan));
  }

  /** What stood in a status, whoever wrote it there. */
  synchronized void read(PinnedPlan found, Plan as) {
    read.put(found.hash(), new Known(found, as));
  }
}
