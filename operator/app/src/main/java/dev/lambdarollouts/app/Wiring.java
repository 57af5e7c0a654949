package dev.lambdarollouts.app;

import dev.lambdarollouts.app.configuration.NamespaceSelection;
import dev.lambdarollouts.app.configuration.OperatorConfiguration;
import dev.lambdarollouts.aws.GatewaySettings;
import dev.lambdarollouts.aws.Quotas;
import dev.lambdarollouts.controllers.kubernetes.ControllerSettings;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The configuration as each module takes its part of it. */
final class Wiring {
  private Wiring() {}

  static GatewaySettings gateway(OperatorConfiguration configuration, @Nullable URI awsEndpoint) {
    OperatorConfiguration.AwsQuotas quotas = configuration.awsQuotas();
    Duration poll = configuration.alarmPollInterval();
    Duration staleness = GatewaySettings.DEFAULT.alarmStaleness();
    return new GatewaySettings(
        new Quotas(
            quotas.getFunctionRequests(),
            quotas.lambdaRequests(),
            quotas.describeAlarmsRequests(),
            quotas.describeAlarmHistoryRequests()),
        poll,
        // A poll every two minutes is no gap of its own.
        staleness.compareTo(poll) > 0 ? staleness : poll.multipliedBy(2),
        awsEndpoint);
  }

  static ControllerSettings controllers(OperatorConfiguration configuration) {
    return new ControllerSettings(
        namespaces(configuration.watchedNamespaces()),
        namespaces(configuration.secretsNamespaces()),
        configuration.driftCheckInterval(),
        configuration.shutdownTimeout(),
        configuration.approvalsIgnoredUsers());
  }

  private static ControllerSettings.Namespaces namespaces(NamespaceSelection selection) {
    return switch (selection) {
      case NamespaceSelection.All all -> new ControllerSettings.Namespaces.All();
      case NamespaceSelection.Named(var names) -> new ControllerSettings.Namespaces.Named(names);
    };
  }
}
