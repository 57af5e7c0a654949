package dev.lambdarollouts.testcluster;

import java.util.List;

/**
 * A user that the API server knows from its start, by token.
 *
 * @param name its user name
 * @param groups its groups; {@code system:authenticated} comes by itself
 */
public record ClusterUser(String name, List<String> groups) {

  /** In {@code system:masters}, so nothing is denied to it: who the cluster's own methods are. */
  public static final ClusterUser ADMIN = new ClusterUser("admin", List.of("system:masters"));

  /**
   * Refuses what the token file cannot express.
   *
   * @throws IllegalArgumentException naming the user
   */
  public ClusterUser {
    groups = List.copyOf(groups);
    for (String part : List.of(name, String.join("", groups))) {
      if (part.chars().anyMatch(c -> c == ',' || c == '"' || c < ' ')) {
        throw new IllegalArgumentException(
            "the user '" + name + "' or a group of it has a comma, quote or control character");
      }
    }
    if (name.isBlank()) {
      throw new IllegalArgumentException("a user needs a name");
    }
  }

  /** A user in these groups. */
  public static ClusterUser named(String name, String... groups) {
    return new ClusterUser(name, List.of(groups));
  }
}
