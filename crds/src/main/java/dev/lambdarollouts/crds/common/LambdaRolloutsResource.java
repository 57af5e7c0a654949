package dev.lambdarollouts.crds.common;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.Optional;

/**
 * An object of one of the five kinds.
 *
 * @param <S> its spec
 * @param <T> its status
 */
public abstract class LambdaRolloutsResource<S, T extends Status>
    extends CustomResource<Parsed<S>, Parsed<T>> implements Namespaced {

  /** What is asked for; never null, though an old object may have none. */
  public Parsed<S> spec() {
    Parsed<S> found = getSpec();
    return found != null
        ? found
        : new Parsed.Invalid<>(JsonNodeFactory.instance.nullNode(), "spec", "is missing: add it");
  }

  /** What was last reported; empty before the first report. */
  public Optional<Parsed<T>> status() {
    return Optional.ofNullable(getStatus());
  }
}
