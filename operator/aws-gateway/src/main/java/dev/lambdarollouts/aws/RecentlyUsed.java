package dev.lambdarollouts.aws;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Remembers so many things and forgets the one that was not asked for the longest. Thread safe. */
final class RecentlyUsed<K, V> {
  private final LinkedHashMap<K, V> entries = new LinkedHashMap<>(16, 0.75f, true);
  private final int capacity;

  RecentlyUsed(int capacity) {
    this.capacity = capacity;
  }

  synchronized @Nullable V get(K key) {
    return entries.get(key);
  }

  synchronized void put(K key, V value) {
    entries.put(key, value);
    if (entries.size() > capacity) {
      Map.Entry<K, V> eldest = entries.firstEntry();
      entries.remove(eldest.getKey());
    }
  }

  synchronized void forget(K key) {
    entries.remove(key);
  }
}
