package dev.lambdarollouts.simulator.service;

import dev.lambdarollouts.simulator.protocol.AwsError;
import dev.lambdarollouts.simulator.protocol.WireRequest;
import java.util.Set;

/** One AWS service behind the endpoint. */
public interface AwsService {

  /** Its name in a SigV4 credential scope, such as {@code lambda} or {@code monitoring}. */
  String scope();

  /** The names of the operations that it has. */
  Set<String> operations();

  /**
   * Finds the operation that a request asks for. An unknown one comes back as a call that answers a
   * 400 which names it: routing itself does not fail.
   */
  RoutedCall route(WireRequest request);

  /** What its operation counts against, where AWS' quotas are enforced. */
  default RequestQuota quota(String operation) {
    return RequestQuota.NONE;
  }

  /** A request that is refused for its rate, in its words. */
  default AwsError throttled() {
    return new AwsError("ThrottlingException", 400, "Rate exceeded").queryCode("Throttling");
  }

  /** It fails, in its words. */
  default AwsError failed() {
    return new AwsError("InternalServiceFault", 500, "Internal service error")
        .queryCode("InternalServiceError");
  }

  /** What stands before the colon in IAM's names of its actions. */
  default String actionPrefix() {
    return scope();
  }

  /** Whether an operation changes something. */
  default boolean mutates(String operation) {
    return !operation.startsWith("Get")
        && !operation.startsWith("List")
        && !operation.startsWith("Describe");
  }
}
