package dev.lambdarollouts.crds.common;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A list whose items are told apart by one of their fields: two with the same are refused, and
 * server-side apply merges them one by one.
 */
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface ListMap {
  /** The required string field that names an item. */
  String key();
}
