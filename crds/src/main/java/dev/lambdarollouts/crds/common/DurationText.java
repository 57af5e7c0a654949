package dev.lambdarollouts.crds.common;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A string that is a duration as Kubernetes writes it ({@code 30s}, {@code 5m}, {@code 1h30m}). The
 * generator adds the pattern, the length and the CEL rule.
 */
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface DurationText {
  /** Whether {@code 0s} is allowed. */
  boolean zero() default false;
}
