package dev.lambdarollouts.simulator.lambda.function;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What Lambda lets a resource's tags be, beyond the lengths and patterns of its service model. */
public final class ResourceTags {
  private static final int MOST_TAGS = 50;
  private static final String RESERVED = "aws:";

  private ResourceTags() {}

  /** Adds tags to those that a resource has, or refuses all of them. */
  public static void add(Map<String, String> tags, Map<String, String> added) {
    added.keySet().forEach(ResourceTags::refuseReserved);
    Set<String> keys = new HashSet<>(tags.keySet());
    keys.removeIf(ResourceTags::isReserved);
    keys.addAll(added.keySet());
    if (keys.size() > MOST_TAGS) {
      throw LambdaErrors.invalid("Number of tags exceeds resource tag limit.");
    }
    tags.putAll(added);
  }

  /** Removes tags, or refuses all of it. */
  public static void remove(Map<String, String> tags, List<String> keys) {
    keys.forEach(ResourceTags::refuseReserved);
    keys.forEach(tags::remove);
  }

  /** Only AWS itself sets and removes them, and they do not count. */
  private static boolean isReserved(String key) {
    return key.toLowerCase(Locale.ROOT).startsWith(RESERVED);
  }

  private static void refuseReserved(String key) {
    if (isReserved(key)) {
      // Documented by AWS; Lambda's own words are not known.
      throw LambdaErrors.invalid(
          "Tag keys that begin with aws: are reserved for AWS, but one is " + key + ".");
    }
  }
}
