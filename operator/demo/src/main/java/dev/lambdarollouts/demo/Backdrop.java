package dev.lambdarollouts.demo;

import dev.lambdarollouts.testcluster.ClusterUser;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;

/**
 * What stands before a story begins.
 *
 * @param begins the time that it is when it begins; in the past, so that what happens is never in
 *     the future of a kubectl
 * @param accounts AWS accounts; the operator's own keys are the first one's
 * @param prodAccount where prod is
 * @param people who may log in to the cluster besides the admin
 */
record Backdrop(
    Instant begins, List<String> accounts, String prodAccount, List<ClusterUser> people) {
  private static final String ACCOUNT = "111122223333";
  private static final String PROD_ACCOUNT = "444455556666";
  private static final Duration HALF_A_DAY = Duration.ofHours(12);

  /** Before the window of prod opens, and so long that a release is there a little too early. */
  private static final LocalTime BEFORE_THE_WINDOW = LocalTime.of(8, 44);

  /** One stage in one account. */
  static Backdrop ofOneStage(Instant now) {
    return new Backdrop(now.minus(HALF_A_DAY), List.of(ACCOUNT), ACCOUNT, List.of());
  }

  /** Three stages in two accounts, and two people. */
  static Backdrop ofPipeline(Instant now) {
    Instant then = now.minus(HALF_A_DAY);
    Instant morning =
        then.atOffset(ZoneOffset.UTC)
            .toLocalDate()
            .atTime(BEFORE_THE_WINDOW)
            .toInstant(ZoneOffset.UTC);
    return new Backdrop(
        morning.isAfter(then) ? morning.minus(Duration.ofDays(1)) : morning,
        List.of(ACCOUNT, PROD_ACCOUNT),
        PROD_ACCOUNT,
        List.of(ClusterUser.named("alice", "approvers"), ClusterUser.named("bob", "approvers")));
  }

  String ownAccount() {
    return accounts.getFirst();
  }
}
