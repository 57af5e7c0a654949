package dev.lambdarollouts.simulator.s3;

import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which keys, offered in their order, a page of a list shows, and which it gathers by a prefix. */
final class Listing {
  private final ListQuery query;
  private final String after;
  private final NavigableSet<String> prefixes = new TreeSet<>();
  private int count;
  private boolean truncated;
  private String last = "";

  /**
   * An empty page.
   *
   * @param after shows only what comes after this key or prefix
   */
  Listing(ListQuery query, String after) {
    this.query = query;
    this.after = after;
  }

  /** What became of a key. */
  enum Fate {
    SHOWN,
    SKIPPED,
    FULL
  }

  Fate offer(String key) {
    if (!key.startsWith(query.prefix())) {
      return Fate.SKIPPED;
    }
    String common = commonPrefix(key);
    String name = common == null ? key : common;
    boolean seen = common != null && prefixes.contains(common);
    if (name.compareTo(after) <= 0 || seen) {
      return Fate.SKIPPED;
    }
    if (!take(name)) {
      return Fate.FULL;
    }
    if (common != null) {
      prefixes.add(common);
      return Fate.SKIPPED;
    }
    return Fate.SHOWN;
  }

  /** Counts one more entry; false when the page is full. */
  boolean take(String name) {
    if (count == query.maxKeys()) {
      truncated = query.maxKeys() > 0;
      return false;
    }
    count++;
    last = name;
    return true;
  }

  /** The part of a key up to the delimiter behind the prefix; null without one. */
  @Nullable String commonPrefix(String key) {
    if (query.delimiter().isEmpty()) {
      return null;
    }
    int end = key.indexOf(query.delimiter(), query.prefix().length());
    return end < 0 ? null : key.substring(0, end + query.delimiter().length());
  }

  NavigableSet<String> prefixes() {
    return prefixes;
  }

  boolean truncated() {
    return truncated;
  }

  /** The last entry of the page; empty on an empty page. */
  String last() {
    return last;
  }
}
