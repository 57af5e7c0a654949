package dev.lambdarollouts.simulator.lambda.function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.simulator.protocol.Json;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** The provisioned concurrency of a version or an alias. Guarded by the timeline's lock. */
public final class ProvisionedConcurrency {
  private static final DateTimeFormatter LAST_MODIFIED =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss'+0000'").withZone(ZoneOffset.UTC);

  private int requested;
  private int allocated;
  private @Nullable String allocatedOn;
  private String status = "IN_PROGRESS";
  private @Nullable String statusReason;
  private Instant lastModified = Instant.EPOCH;
  private int change;

  /** How many executions were asked for. */
  public int requested() {
    return requested;
  }

  /** How many environments of a version are ready for use. */
  public int allocatedOn(String version) {
    return version.equals(allocatedOn) ? allocated : 0;
  }

  /** The version whose environments are allocated; null while none are. */
  @Nullable String holder() {
    return allocatedOn;
  }

  /** A user asks for so many; what is allocated stays until the request is met. */
  int request(int executions, Instant now) {
    requested = executions;
    lastModified = now;
    return reallocate();
  }

  /** Allocation begins anew; gives the number of the change, by which its end is known. */
  int reallocate() {
    status = "IN_PROGRESS";
    statusReason = null;
    return ++change;
  }

  /** Whether nothing newer was asked for since. */
  boolean isAt(int number) {
    return change == number;
  }

  void ready(String version) {
    allocated = requested;
    allocatedOn = version;
    status = "READY";
  }

  void fail(String reason) {
    status = "FAILED";
    statusReason = reason;
  }

  boolean isInProgress() {
    return status.equals("IN_PROGRESS");
  }

  /** What {@link #restore} needs to make it again. */
  ObjectNode save() {
    ObjectNode tree =
        Json.object()
            .put("requested", requested)
            .put("allocated", allocated)
            .put("status", status)
            .put("lastModified", lastModified.toString());
    tree.put("allocatedOn", allocatedOn).put("statusReason", statusReason);
    return tree;
  }

  static ProvisionedConcurrency restore(JsonNode saved) {
    ProvisionedConcurrency config = new ProvisionedConcurrency();
    config.requested = saved.path("requested").asInt();
    config.allocated = saved.path("allocated").asInt();
    config.status = saved.path("status").asText();
    config.lastModified = Instant.parse(saved.path("lastModified").asText());
    config.allocatedOn = saved.path("allocatedOn").textValue();
    config.statusReason = saved.path("statusReason").textValue();
    return config;
  }

  public ObjectNode show() {
    ObjectNode tree = Json.object();
    tree.put("RequestedProvisionedConcurrentExecutions", requested)
        .put("AvailableProvisionedConcurrentExecutions", allocated)
        .put("AllocatedProvisionedConcurrentExecutions", allocated)
        .put("Status", status);
    if (statusReason != null) {
      tree.put("StatusReason", statusReason);
    }
    return tree.put("LastModified", LAST_MODIFIED.format(lastModified));
  }
}
