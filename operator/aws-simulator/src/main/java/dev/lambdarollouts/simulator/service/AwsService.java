package dev.lambdarollouts.simulator.service;

import dev.lambdarollouts.simulator.protocol.WireRequest;

/** One AWS service behind the endpoint. */
public interface AwsService {

  /** Its name in a SigV4 credential scope, such as {@code lambda} or {@code monitoring}. */
  String scope();

  /**
   * Finds the operation that a request asks for. An unknown one comes back as a call that answers a
   * 400 which names it: routing itself does not fail.
   */
  RoutedCall route(WireRequest request);
}
