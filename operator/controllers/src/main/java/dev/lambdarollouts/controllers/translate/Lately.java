package dev.lambdarollouts.controllers.translate;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What was worked out lately; the entry that was not asked for the longest is forgotten. Everything
 * in here can be worked out again from its key. Not thread safe.
 */
final class Lately<K, V> extends LinkedHashMap<K, V> {
  private static final long serialVersionUID = 1;
  private final int most;

  Lately(int most) {
    super(16, 0.75f, true);
    this.most = most;
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
    return size() > most;
  }
}
