package dev.lambdarollouts.testcluster;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What can be chosen about a cluster.
 *
 * @param users who besides {@link ClusterUser#ADMIN} may log in; RBAC gives them nothing at first
 * @param apiServerFlags flags for kube-apiserver, after ours, so they win
 * @param startLimit how long the API server may take until it is ready
 * @param progress told in a line each what takes long: download, build, waiting for another run
 */
public record ClusterOptions(
    List<ClusterUser> users,
    List<String> apiServerFlags,
    Duration startLimit,
    Consumer<String> progress) {

  /** Copies the lists. */
  public ClusterOptions {
    users = List.copyOf(users);
    apiServerFlags = List.copyOf(apiServerFlags);
  }

  /** The admin alone, two minutes to start, progress on stderr. */
  public static ClusterOptions defaults() {
    return new ClusterOptions(List.of(), List.of(), Duration.ofMinutes(2), System.err::println);
  }

  /** With one more user. */
  public ClusterOptions withUser(ClusterUser user) {
    return new ClusterOptions(append(users, user), apiServerFlags, startLimit, progress);
  }

  /** With one more flag, such as {@code --max-requests-inflight=1000}. */
  public ClusterOptions withApiServerFlag(String flag) {
    return new ClusterOptions(users, append(apiServerFlags, flag), startLimit, progress);
  }

  /** With another time limit for the start. */
  public ClusterOptions withStartLimit(Duration limit) {
    return new ClusterOptions(users, apiServerFlags, limit, progress);
  }

  /** With progress told elsewhere. */
  public ClusterOptions withProgress(Consumer<String> teller) {
    return new ClusterOptions(users, apiServerFlags, startLimit, teller);
  }

  private static <T> List<T> append(List<T> list, T item) {
    return Stream.concat(list.stream(), Stream.of(item)).toList();
  }
}
