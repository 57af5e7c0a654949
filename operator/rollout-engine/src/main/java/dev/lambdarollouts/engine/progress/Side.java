package dev.lambdarollouts.engine.progress;

import dev.lambdarollouts.engine.fact.VersionNumber;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What this operator has set beside the release, so that it takes back that and nothing else.
 *
 * @param hash of the settings that are applied as a whole; absent while none are
 * @param set what was set, or was about to be
 */
public record Side(@Nullable String hash, SortedSet<SideSetting> set) {
  /** Nothing was ever set. */
  public static final Side NONE = new Side(null, new TreeSet<>());

  private static final String NO_HASH = "-";

  public Side {
    set = Collections.unmodifiableSortedSet(new TreeSet<>(set));
  }

  /** With one more that is about to be set: as a whole nothing is applied meanwhile. */
  public Side with(SideSetting one) {
    TreeSet<SideSetting> all = new TreeSet<>(set);
    all.add(one);
    return new Side(null, all);
  }

  /** One of them is about to be changed: as a whole nothing is applied meanwhile. */
  public Side inChange() {
    return new Side(null, set);
  }

  /** With one less. */
  public Side without(SideSetting one) {
    TreeSet<SideSetting> rest = new TreeSet<>(set);
    rest.remove(one);
    return rest.isEmpty() && hash == null ? NONE : new Side(hash, rest);
  }

  /** These are applied. */
  public static Side applied(String hash, Collection<SideSetting> set) {
    return new Side(hash, new TreeSet<>(set));
  }

  /** {@code 5f1c9a0b7d provisionedConcurrency@7 reservedConcurrency}; absent for nothing. */
  public @Nullable String text() {
    if (equals(NONE)) {
      return null;
    }
    StringBuilder text = new StringBuilder(hash == null ? NO_HASH : hash);
    set.forEach(one -> text.append(' ').append(one));
    return text.toString();
  }

  /**
   * Reads what {@link #text} wrote.
   *
   * @return absent where it is not understood
   */
  public static @Nullable Side parse(@Nullable String text) {
    if (text == null) {
      return NONE;
    }
    String[] words = text.split(" ", -1);
    TreeSet<SideSetting> set = new TreeSet<>();
    for (String word : Arrays.asList(words).subList(1, words.length)) {
      SideSetting one = setting(word);
      if (one == null) {
        return null;
      }
      set.add(one);
    }
    boolean known = words[0].equals(NO_HASH) || words[0].matches("[0-9a-f]+");
    return known ? new Side(words[0].equals(NO_HASH) ? null : words[0], set) : null;
  }

  private static @Nullable SideSetting setting(String word) {
    int at = word.indexOf('@');
    String name = at < 0 ? word : word.substring(0, at);
    String version = at < 0 ? "" : word.substring(at + 1);
    for (SideSetting.Kind kind : SideSetting.Kind.values()) {
      boolean ofVersion = kind != SideSetting.Kind.RESERVED_CONCURRENCY;
      if (kind.toString().equals(name)
          && ofVersion == (at >= 0)
          && (!ofVersion || version.matches("[1-9][0-9]*"))) {
        return new SideSetting(kind, ofVersion ? new VersionNumber(version) : null);
      }
    }
    return null;
  }
}
