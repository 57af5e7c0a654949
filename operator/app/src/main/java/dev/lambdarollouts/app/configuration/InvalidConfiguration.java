package dev.lambdarollouts.app.configuration;

import java.util.List;
import java.util.stream.Collectors;

/** The operator does not start: all that is wrong with its configuration, at once. */
public final class InvalidConfiguration extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final transient List<ConfigurationProblem> problems;

  public InvalidConfiguration(List<ConfigurationProblem> problems) {
    super(
        problems.stream()
            .map(problem -> "  - " + problem)
            .collect(
                Collectors.joining(
                    "\n",
                    "the configuration has "
                        + (problems.size() == 1 ? "1 problem" : problems.size() + " problems")
                        + ":\n",
                    "")));
    this.problems = List.copyOf(problems);
  }

  public List<ConfigurationProblem> problems() {
    return problems;
  }
}
