package dev.lambdarollouts.controllers.model;

import dev.lambdarollouts.engine.fact.AwsFailure;
import dev.lambdarollouts.engine.fact.SideFact;
import dev.lambdarollouts.engine.fact.SideFact.State;
import dev.lambdarollouts.engine.fact.SideSettings;
import dev.lambdarollouts.engine.port.AwsReply;
import dev.lambdarollouts.engine.progress.SideSetting;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is set beside the releases of the functions of one account and region. */
public final class ModelSide {
  private final ModelAws aws;

  /** By the function's name and what it is: {@code hello-prod provisionedConcurrency@2}. */
  private final SortedMap<String, Value> values = new TreeMap<>();

  private boolean fails;

  private record Value(String text, Instant readyAt, boolean failed) {}

  ModelSide(ModelAws aws) {
    this.aws = aws;
  }

  void copy(ModelSide other) {
    values.putAll(other.values);
  }

  /** Everything that is set on a function: what, and its value. */
  public SortedMap<String, String> of(String functionName) {
    SortedMap<String, String> set = new TreeMap<>();
    values.forEach(
        (key, value) -> {
          if (key.startsWith(functionName + " ")) {
            set.put(key.substring(functionName.length() + 1), value.text);
          }
        });
    return set;
  }

  /** Somebody sets something by hand. */
  public void byHand(String functionName, SideSetting what, String value) {
    values.put(key(functionName, what), new Value(value, aws.truly(), false));
  }

  /** From now on AWS can provide no concurrency. */
  public void provisioningFails(boolean failing) {
    fails = failing;
  }

  private static String key(String functionName, SideSetting what) {
    return functionName + " " + what;
  }

  private static @Nullable String wanted(SideSettings settings, SideSetting what) {
    Object value =
        switch (what.kind()) {
          case RESERVED_CONCURRENCY -> settings.reservedConcurrency();
          case RUNTIME_MANAGEMENT -> settings.runtimeManagement();
          case PROVISIONED_CONCURRENCY -> settings.provisionedConcurrency();
        };
    return value == null ? null : value.toString();
  }

  SideFact read(String functionName, SideSettings settings, Collection<SideSetting> what) {
    AwsFailure failure = aws.pass("GetProvisionedConcurrencyConfig", () -> {});
    if (failure != null) {
      return new SideFact.Unknown(failure);
    }
    Map<SideSetting, State> states = new HashMap<>();
    Map<SideSetting, String> failures = new HashMap<>();
    for (SideSetting one : what) {
      Value is = values.get(key(functionName, one));
      states.put(one, state(is, wanted(settings, one)));
      if (is != null && is.failed) {
        failures.put(one, "no room");
      }
    }
    return new SideFact.Seen(states, failures);
  }

  private State state(@Nullable Value is, @Nullable String wanted) {
    if (is == null) {
      return State.ABSENT;
    }
    if (!is.text.equals(wanted)) {
      return State.OTHER;
    }
    if (is.readyAt.isAfter(aws.truly())) {
      return State.IN_PROGRESS;
    }
    return is.failed ? State.FAILED : State.AS_WANTED;
  }

  AwsReply<Boolean> set(String functionName, SideSettings settings, SideSetting what) {
    boolean provisions = what.kind() == SideSetting.Kind.PROVISIONED_CONCURRENCY;
    return reply(
        aws.pass(
            provisions
                ? "PutProvisionedConcurrencyConfig"
                : what.kind() == SideSetting.Kind.RESERVED_CONCURRENCY
                    ? "PutFunctionConcurrency"
                    : "PutRuntimeManagementConfig",
            () ->
                values.put(
                    key(functionName, what),
                    new Value(
                        String.valueOf(wanted(settings, what)),
                        provisions ? aws.truly().plus(ModelFunctions.SETTLES) : aws.truly(),
                        provisions && fails))));
  }

  AwsReply<Boolean> takeBack(String functionName, SideSetting what) {
    return reply(
        aws.pass(
            what.kind() == SideSetting.Kind.PROVISIONED_CONCURRENCY
                ? "DeleteProvisionedConcurrencyConfig"
                : what.kind() == SideSetting.Kind.RESERVED_CONCURRENCY
                    ? "DeleteFunctionConcurrency"
                    : "PutRuntimeManagementConfig",
            () -> values.remove(key(functionName, what))));
  }

  private static AwsReply<Boolean> reply(@Nullable AwsFailure failure) {
    return failure == null ? new AwsReply.Done<>(true) : new AwsReply.Failed<>(failure);
  }
}
