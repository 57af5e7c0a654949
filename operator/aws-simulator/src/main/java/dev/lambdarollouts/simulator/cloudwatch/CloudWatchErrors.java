package dev.lambdarollouts.simulator.cloudwatch;

import dev.lambdarollouts.simulator.protocol.AwsError;

/** CloudWatch's errors. */
final class CloudWatchErrors {

  private CloudWatchErrors() {}

  /** The service sends no text with it [recorded]. */
  static AwsError notFound() {
    return new AwsError("ResourceNotFound", 404, "");
  }

  static AwsError notFound(String message) {
    return new AwsError("ResourceNotFound", 404, message);
  }

  static AwsError invalidValue(String message) {
    return new AwsError("InvalidParameterValueException", 400, message)
        .queryCode("InvalidParameterValue");
  }

  static AwsError invalidCombination(String message) {
    return new AwsError("InvalidParameterCombinationException", 400, message)
        .queryCode("InvalidParameterCombination");
  }

  static AwsError invalidFormat(String message) {
    return new AwsError("InvalidFormatFault", 400, message).queryCode("InvalidFormat");
  }

  static AwsError invalidNextToken() {
    return new AwsError("InvalidNextToken", 400, "The next token is invalid.");
  }
}
