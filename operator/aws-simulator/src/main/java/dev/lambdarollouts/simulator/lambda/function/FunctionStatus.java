package dev.lambdarollouts.simulator.lambda.function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * What state a version is in and how its last update went.
 *
 * @param stateReason null when there is nothing to say, as for lastUpdateReason
 * @param lastUpdate null until the version has settled for the first time
 */
record FunctionStatus(
    State state,
    @Nullable Reason stateReason,
    @Nullable Update lastUpdate,
    @Nullable Reason lastUpdateReason) {

  /** The service says "created" of updates too [recorded]. */
  private static final Reason CREATING = new Reason("The function is being created.", "Creating");

  /** Of a version that has just been made. */
  static final FunctionStatus CREATED = new FunctionStatus(State.PENDING, CREATING, null, null);

  /** Those of AWS' states that versions come to here. */
  enum State {
    PENDING("Pending"),
    ACTIVE("Active"),
    FAILED("Failed");

    private final String shown;

    State(String shown) {
      this.shown = shown;
    }

    String shown() {
      return shown;
    }

    static State of(String shown) {
      for (State state : values()) {
        if (state.shown.equals(shown)) {
          return state;
        }
      }
      throw new IllegalArgumentException("No state of a function: " + shown);
    }
  }

  /** How the last update went. */
  enum Update {
    IN_PROGRESS("InProgress"),
    SUCCESSFUL("Successful"),
    FAILED("Failed");

    private final String shown;

    Update(String shown) {
      this.shown = shown;
    }

    static Update of(String shown) {
      for (Update update : values()) {
        if (update.shown.equals(shown)) {
          return update;
        }
      }
      throw new IllegalArgumentException("No status of an update: " + shown);
    }
  }

  /** Why it is so, in words and as a code. */
  record Reason(String text, String code) {}

  boolean isPending() {
    return state == State.PENDING;
  }

  boolean isUpdating() {
    return lastUpdate == Update.IN_PROGRESS;
  }

  FunctionStatus updating() {
    return new FunctionStatus(state, stateReason, Update.IN_PROGRESS, CREATING);
  }

  /** After a creation or an update that went well. */
  FunctionStatus settled() {
    return new FunctionStatus(State.ACTIVE, null, Update.SUCCESSFUL, null);
  }

  /** After one that did not: only what never was Active is failed itself. */
  FunctionStatus failed(Reason reason) {
    return isPending()
        ? new FunctionStatus(State.FAILED, reason, Update.FAILED, reason)
        : new FunctionStatus(state, stateReason, Update.FAILED, reason);
  }

  /** Adds the members that AWS shows. */
  void show(ObjectNode tree) {
    put(tree, "State", "LastUpdateStatus");
  }

  /** Adds what {@link #of} needs to make it again. */
  void save(ObjectNode tree) {
    put(tree, "state", "lastUpdateStatus");
  }

  private void put(ObjectNode tree, String stateName, String updateName) {
    tree.put(stateName, state.shown);
    put(tree, stateName, stateReason);
    if (lastUpdate != null) {
      tree.put(updateName, lastUpdate.shown);
    }
    put(tree, updateName, lastUpdateReason);
  }

  private static void put(ObjectNode tree, String name, @Nullable Reason reason) {
    if (reason != null) {
      tree.put(name + "Reason", reason.text()).put(name + "ReasonCode", reason.code());
    }
  }

  /** The one that {@link #save} put into {@code saved}. */
  static FunctionStatus of(JsonNode saved) {
    return new FunctionStatus(
        State.of(saved.path("state").asText()),
        reason(saved, "state"),
        saved.has("lastUpdateStatus") ? Update.of(saved.path("lastUpdateStatus").asText()) : null,
        reason(saved, "lastUpdateStatus"));
  }

  private static @Nullable Reason reason(JsonNode saved, String name) {
    return saved.has(name + "Reason")
        ? new Reason(saved.path(name + "Reason").asText(), saved.path(name + "ReasonCode").asText())
        : null;
  }
}
