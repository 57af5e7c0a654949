package dev.lambdarollouts.controllers.cluster;

import io.fabric8.kubernetes.api.model.HasMetadata;

/** Names an object of a kind that the context tells. */
public record ObjectKey(String namespace, String name) {
  /** Of this object. */
  public static ObjectKey of(HasMetadata object) {
    return new ObjectKey(object.getMetadata().getNamespace(), object.getMetadata().getName());
  }

  /** {@code shop/hello}. */
  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}
