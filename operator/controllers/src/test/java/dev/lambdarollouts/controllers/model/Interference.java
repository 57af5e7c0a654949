package dev.lambdarollouts.controllers.model;

import dev.lambdarollouts.engine.fact.AwsFailure;
import org.jspecify.annotations.Nullable;

/**
 * Stands at every border that a call crosses. May throw an {@link Error} to end the process there.
 */
public interface Interference {
  /** Nothing ever goes wrong. */
  Interference NONE = new Interference() {};

  /**
   * Before a call has its effect.
   *
   * @param call {@code UpdateAlias}, {@code PatchStatus} ...
   * @return what to answer instead of having the effect; absent: it goes on
   */
  default @Nullable AwsFailure before(String call) {
    return null;
  }

  /**
   * After a call had its effect, before its reply arrives.
   *
   * @return what to answer in place of the reply; absent: the reply arrives
   */
  default @Nullable AwsFailure after(String call) {
    return null;
  }
}
