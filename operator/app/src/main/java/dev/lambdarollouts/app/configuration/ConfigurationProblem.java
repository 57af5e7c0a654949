package dev.lambdarollouts.app.configuration;

/**
 * One thing that is wrong with the configuration.
 *
 * @param key the setting, as it stands in the file
 * @param found the value that stands there, and where
 * @param remedy what to do
 */
public record ConfigurationProblem(String key, String found, String remedy) {
  @Override
  public String toString() {
    return key + ": found " + found + "; " + remedy;
  }
}
