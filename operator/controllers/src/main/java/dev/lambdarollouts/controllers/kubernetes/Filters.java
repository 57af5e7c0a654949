package dev.lambdarollouts.controllers.kubernetes;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;
import java.util.Objects;

/** Which changes of an object wake anybody. Secondary informers have no filter by default. */
final class Filters {
  private Filters() {}

  /** Spec or deletion; not status. */
  static <R extends HasMetadata> OnUpdateFilter<R> specChanged() {
    return (now, before) ->
        !Objects.equals(now.getMetadata().getGeneration(), before.getMetadata().getGeneration())
            || now.isMarkedForDeletion() != before.isMarkedForDeletion();
  }

  /** What people change of a primary, and its finalizers, which JOSDK waits for. */
  static <R extends HasMetadata> OnUpdateFilter<R> changedByPeople() {
    return (now, before) ->
        Filters.<R>specChanged().accept(now, before)
            || !Objects.equals(now.getFinalizers(), before.getFinalizers())
            || !Objects.equals(
                now.getMetadata().getAnnotations(), before.getMetadata().getAnnotations());
  }
}
