package dev.lambdarollouts.app.configuration;

import dev.lambdarollouts.app.configuration.OperatorConfiguration.LeaderElection;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;

/** What settings must be to each other. */
final class SettingsTogether {

  /** The part of a retry period that fabric8's LeaderElector adds at most, at random. */
  private static final double RETRY_JITTER = 1.2;

  private SettingsTogether() {}

  /** As it is written in the configuration. */
  private static String text(Duration duration) {
    return duration.toString().substring(2).toLowerCase(Locale.ROOT);
  }

  static void judge(OperatorConfiguration configuration, Consumer<ConfigurationProblem> problems) {
    LeaderElection election = configuration.leaderElection();
    if (election.renewDeadline().compareTo(election.leaseDuration()) >= 0) {
      problems.accept(
          new ConfigurationProblem(
              Settings.RENEW_DEADLINE.key(),
              text(election.renewDeadline()),
              "make it shorter than lease-duration ("
                  + text(election.leaseDuration())
                  + "), so that a leader has stopped before another starts"));
    }
    double longestWait = election.retryPeriod().toMillis() * (1 + RETRY_JITTER);
    if (longestWait >= election.renewDeadline().toMillis()) {
      problems.accept(
          new ConfigurationProblem(
              Settings.RETRY_PERIOD.key(),
              text(election.retryPeriod()),
              "make it shorter than renew-deadline ("
                  + text(election.renewDeadline())
                  + ") divided by 2.2, so that one failed renewal can be tried again"));
    }
    if (configuration.secretsNamespaces() instanceof NamespaceSelection.Named named) {
      named.names().stream()
          .filter(name -> !configuration.watchedNamespaces().contains(name))
          .forEach(
              name ->
                  problems.accept(
                      new ConfigurationProblem(
                          Settings.SECRETS_NAMESPACES.key(),
                          "'" + name + "'",
                          "take it out or add it to watch-namespaces ("
                              + configuration.watchedNamespaces()
                              + ")")));
    }
  }
}
