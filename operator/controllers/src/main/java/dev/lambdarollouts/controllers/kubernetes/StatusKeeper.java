package dev.lambdarollouts.controllers.kubernetes;

import dev.lambdarollouts.controllers.cluster.ObjectKey;
import dev.lambdarollouts.controllers.loop.WakeUps;
import dev.lambdarollouts.crds.common.CrdJson;
import dev.lambdarollouts.crds.common.LambdaRolloutsResource;
import dev.lambdarollouts.crds.common.Parsed;
import dev.lambdarollouts.crds.common.Status;
import dev.lambdarollouts.engine.port.TimeSource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Consumer;

/** Keeps the statuses of the small kinds, written only when they say something new. */
final class StatusKeeper {
  /** How soon something is looked at again that only waits for others. */
  private static final Duration SOON = Duration.ofSeconds(10);

  private final TimeSource time;
  private final WakeUps wakeUps;

  /**
   * @param wake asks for a reconcile; called from any thread
   */
  StatusKeeper(TimeSource time, Consumer<ObjectKey> wake) {
    this.time = time;
    this.wakeUps = new WakeUps(time, wake);
  }

  /** This moment, as exact as a status is. */
  Instant now() {
    return time.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /** Looks at an object again a little later. */
  void lookAgain(HasMetadata object) {
    wakeUps.at(ObjectKey.of(object), now().plus(SOON));
  }

  /** The object is gone. */
  void forget(HasMetadata object) {
    wakeUps.forget(ObjectKey.of(object));
  }

  /** Writes a status where it differs; a conflict is looked at again. */
  <S, T extends Status, R extends LambdaRolloutsResource<S, T>> void write(
      Context<?> context, Class<R> type, R object, T status) {
    boolean same =
        object
            .status()
            .flatMap(Parsed::valid)
            .map(
                before ->
                    CrdJson.MAPPER.valueToTree(before).equals(CrdJson.MAPPER.valueToTree(status)))
            .orElse(false);
    if (!same
        && new StatusPen(context.getClient()).write(type, object, Parsed.of(status))
            instanceof StatusPen.Outcome.Conflict) {
      lookAgain(object);
    }
  }

  /** Why an object that is being deleted is still there. */
  static String inUse(List<ObjectKey> naming) {
    return "is being deleted, but "
        + NamingRollouts.text(naming)
        + (naming.size() == 1 ? " names it" : " name it")
        + ": delete the rollout, or take this off it, first";
  }
}
