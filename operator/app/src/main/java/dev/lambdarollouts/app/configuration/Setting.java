package dev.lambdarollouts.app.configuration;

import java.util.Locale;
import java.util.function.Function;

/**
 * One key of the configuration.
 *
 * @param key as it stands in the file, {@code lambda-rollouts.} included
 * @param standard the default, as a person would write it; empty: nothing, or everything, as the
 *     meaning says
 * @param allowed what may stand there, for people
 * @param meaning one sentence for people
 * @param reading makes the value of its text, or throws IllegalArgumentException, its message the
 *     remedy
 */
record Setting<T>(
    String key, String standard, String allowed, String meaning, Function<String, T> reading) {

  /** The environment variable that sets it. */
  String variable() {
    return key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
  }
}
