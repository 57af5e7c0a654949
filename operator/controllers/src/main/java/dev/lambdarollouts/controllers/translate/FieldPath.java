package dev.lambdarollouts.controllers.translate;

/**
 * Where something is written, as a message names it.
 *
 * @param object kind and name: {@code LambdaStage prod}
 * @param path {@code spec.overrides.layers[0]}
 */
record FieldPath(String object, String path) {

  static FieldPath spec(String kind, String name) {
    return new FieldPath(kind + " " + name, "spec");
  }

  /** A field below this one; may be a whole path. */
  FieldPath at(String field) {
    return new FieldPath(object, path + "." + field);
  }

  /** An item of this list. */
  FieldPath at(int index) {
    return new FieldPath(object, path + "[" + index + "]");
  }

  /** {@code LambdaStage prod: spec.alias}. */
  @Override
  public String toString() {
    return object + ": " + path;
  }
}
