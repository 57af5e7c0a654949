package dev.lambdarollouts.aws;

import dev.lambdarollouts.engine.fact.AwsFailure;
import dev.lambdarollouts.engine.fact.AwsFailure.Kind;
import dev.lambdarollouts.engine.fact.FunctionFact;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.LastUpdateStatus;
import software.amazon.awssdk.services.lambda.model.State;

/** Whether {@code $LATEST} is at rest, so that it can be changed or published. */
final class LatestState {
  private LatestState() {}

  /**
   * What keeps it from being changed now; absent when it is at rest, be it after an update that
   * failed.
   */
  static @Nullable FunctionFact unsettled(FunctionConfiguration is) {
    State state = is.state();
    if (state == null || state == State.UNKNOWN_TO_SDK_VERSION) {
      return unknown("State", is.stateAsString());
    }
    FunctionFact byState =
        switch (state) {
          case ACTIVE, INACTIVE -> null;
          // Only a creation ends so, and AWS changes such a function no more (Lambda function
          // states).
          case FAILED ->
              new FunctionFact.Settling(
                  "its creation failed"
                      + because(is.stateReasonCodeAsString(), is.stateReason())
                      + ". Delete the function, then it is created anew");
          default ->
              new FunctionFact.Settling(
                  "State is " + state + because(is.stateReasonCodeAsString(), is.stateReason()));
        };
    return byState == null ? updating(is) : byState;
  }

  private static @Nullable FunctionFact updating(FunctionConfiguration is) {
    // A function that was never updated may have none.
    LastUpdateStatus update = is.lastUpdateStatus();
    if (update == null) {
      return null;
    }
    return switch (update) {
      case SUCCESSFUL, FAILED -> null;
      case IN_PROGRESS -> new FunctionFact.Settling("LastUpdateStatus is InProgress");
      case UNKNOWN_TO_SDK_VERSION -> unknown("LastUpdateStatus", is.lastUpdateStatusAsString());
    };
  }

  /** Why the last update failed, whereupon AWS kept what was before; absent when it did not. */
  static @Nullable String failure(FunctionConfiguration is) {
    return is.lastUpdateStatus() == LastUpdateStatus.FAILED
        ? "the last update failed"
            + because(is.lastUpdateStatusReasonCodeAsString(), is.lastUpdateStatusReason())
        : null;
  }

  static String because(@Nullable String code, @Nullable String reason) {
    StringBuilder text = new StringBuilder();
    if (code != null) {
      text.append(": ").append(code);
    }
    if (reason != null) {
      text.append(": ").append(reason);
    }
    return Redaction.redact(text.toString(), List.of());
  }

  private static FunctionFact unknown(String member, @Nullable String value) {
    return new FunctionFact.Unknown(
        new AwsFailure(
            Kind.UNAVAILABLE,
            Api.GET_FUNCTION.operation(),
            "the function's "
                + member
                + " is "
                + (value == null ? "absent" : value)
                + ", which this operator does not know"));
  }
}
