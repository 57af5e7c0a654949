package dev.lambdarollouts.app.configuration;

import java.util.Collection;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/** Which namespaces are meant: all, or those named (perhaps none). */
public sealed interface NamespaceSelection {

  boolean contains(String namespace);

  /** Every namespace, those to come included. */
  record All() implements NamespaceSelection {
    @Override
    public boolean contains(String namespace) {
      return true;
    }

    @Override
    public String toString() {
      return "*";
    }
  }

  /** These and no other. */
  record Named(SortedSet<String> names) implements NamespaceSelection {
    public Named {
      names = Collections.unmodifiableSortedSet(new TreeSet<>(names));
    }

    @Override
    public boolean contains(String namespace) {
      return names.contains(namespace);
    }

    @Override
    public String toString() {
      return names.isEmpty() ? "none" : String.join(", ", names);
    }
  }

  static NamespaceSelection all() {
    return new All();
  }

  static NamespaceSelection of(Collection<String> names) {
    return new Named(new TreeSet<>(names));
  }

  static NamespaceSelection none() {
    return new Named(Collections.emptySortedSet());
  }
}
