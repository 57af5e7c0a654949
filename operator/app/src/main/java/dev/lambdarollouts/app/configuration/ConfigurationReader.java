package dev.lambdarollouts.app.configuration;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.source.yaml.YamlConfigSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * Reads the configuration: a YAML file, whose path {@code LAMBDA_ROLLOUTS_CONFIG} names, and over
 * it environment variables. Whatever is wrong, or unknown, is told at once with everything else.
 */
public final class ConfigurationReader {

  /** The environment variable that names the file. */
  public static final String FILE_VARIABLE = "LAMBDA_ROLLOUTS_CONFIG";

  private static final String VARIABLE_PREFIX = "LAMBDA_ROLLOUTS_";

  /** What Kubernetes sets in a pod beside a Service whose name begins with lambda-rollouts. */
  private static final Pattern SERVICE_LINK =
      Pattern.compile(
          VARIABLE_PREFIX
              + "(.*_)?(SERVICE_HOST|SERVICE_PORT(_.*)?|PORT(_\\d+_(TCP|UDP|SCTP).*)?)");

  private static final Pattern INDEX = Pattern.compile("(\\[\\d+])+$");

  private ConfigurationReader() {}

  /**
   * Reads the file and the given environment.
   *
   * @throws InvalidConfiguration with every problem
   */
  public static OperatorConfiguration read(Map<String, String> environment) {
    List<ConfigurationProblem> problems = new ArrayList<>();
    Map<String, String> variables = variables(environment);
    YamlConfigSource file = file(environment.get(FILE_VARIABLE), problems);
    if (file != null) {
      problems.addAll(unknownKeys(file));
    }
    problems.addAll(unknownVariables(variables));
    SmallRyeConfig config = config(file, variables);
    OperatorConfiguration configuration =
        Settings.configuration(key -> text(config, key), problems::add);
    if (!problems.isEmpty()) {
      throw new InvalidConfiguration(problems);
    }
    return configuration;
  }

  private static Map<String, String> variables(Map<String, String> environment) {
    Map<String, String> variables = new HashMap<>();
    environment.forEach(
        (name, value) -> {
          if (name.startsWith(VARIABLE_PREFIX)
              && !name.equals(FILE_VARIABLE)
              && !value.isBlank()
              && !isServiceLink(name, value)) {
            variables.put(name, value);
          }
        });
    return variables;
  }

  /** A Service called lambda-rollouts-http would set our HTTP_PORT to {@code tcp://10.0.0.1:80}. */
  private static boolean isServiceLink(String name, String value) {
    boolean ours = Settings.ALL.stream().anyMatch(setting -> setting.variable().equals(name));
    return ours ? value.startsWith("tcp://") : SERVICE_LINK.matcher(name).matches();
  }

  private static @Nullable YamlConfigSource file(
      @Nullable String path, List<ConfigurationProblem> problems) {
    if (path == null || path.isBlank()) {
      return null;
    }
    try {
      return new YamlConfigSource(path, Files.readString(Path.of(path)));
    } catch (IOException | InvalidPathException e) {
      problems.add(
          new ConfigurationProblem(
              FILE_VARIABLE,
              "'" + path + "', which cannot be read (" + e.getClass().getSimpleName() + ")",
              "name a YAML file that the operator can read, or unset it"));
    } catch (YAMLException | ClassCastException e) {
      problems.add(
          new ConfigurationProblem(
              FILE_VARIABLE,
              "'" + path + "', which is not YAML: " + e.getMessage(),
              "correct the file"));
    }
    return null;
  }

  private static List<ConfigurationProblem> unknownKeys(YamlConfigSource file) {
    Set<String> known = Settings.ALL.stream().map(Setting::key).collect(Collectors.toSet());
    Set<String> unknown = new TreeSet<>();
    for (String name : file.getPropertyNames()) {
      String key = INDEX.matcher(name).replaceFirst("");
      if (!known.contains(key)) {
        unknown.add(key);
      }
    }
    return unknown.stream()
        .map(
            key ->
                new ConfigurationProblem(
                    key, "in " + file.getName(), "take it out: there is no such setting"))
        .toList();
  }

  private static List<ConfigurationProblem> unknownVariables(Map<String, String> variables) {
    Set<String> known = Settings.ALL.stream().map(Setting::variable).collect(Collectors.toSet());
    return variables.keySet().stream()
        .filter(name -> !known.contains(name))
        .sorted()
        .map(
            name ->
                new ConfigurationProblem(
                    name, "in the environment", "unset it: there is no such setting"))
        .toList();
  }

  private static SmallRyeConfig config(
      @Nullable YamlConfigSource file, Map<String, String> variables) {
    SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder();
    if (file != null) {
      builder.withSources(file);
    }
    return builder.withSources(new EnvConfigSource(variables, EnvConfigSource.ORDINAL)).build();
  }

  private static @Nullable String text(SmallRyeConfig config, @Nullable String key) {
    String value = key == null ? null : config.getConfigValue(key).getValue();
    return value == null || value.isBlank() ? null : value.strip();
  }
}
