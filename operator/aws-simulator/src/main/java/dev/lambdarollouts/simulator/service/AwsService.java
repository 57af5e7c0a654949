package dev.lambdarollouts.simulator.service;

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
}
