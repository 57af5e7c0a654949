package dev.lambdarollouts.simulator.cloudwatch;

import dev.lambdarollouts.simulator.protocol.AwsError;

/** CloudWatch's errors. */
public final class CloudWatchErrors {

  private CloudWatchErrors() {}

  /** The service sends no text with it [recorded]. */
  public static AwsError notFound() {
    return new AwsError("ResourceNotFound", 404, "");
  }

  public static AwsError notFound(String message) {
    return new AwsError("ResourceNotFound", 404, message);
  }

  public static AwsError invalidValue(String message) {
    return new AwsError("InvalidParameterValueException", 400, message)
        .queryCode("InvalidParameterValue");
  }

  public static AwsError invalidCombination(String message) {
    return new AwsError("InvalidParameterCombinationException", 400, message)
        .queryCode("InvalidParameterCombination");
  }

  public static AwsError missing(String message) {
    return new AwsError("MissingRequiredParameterException", 400, message)
        .queryCode("MissingParameter");
  }

  public static AwsError invalidFormat(String message) {
    return new AwsError("InvalidFormatFault", 400, message).queryCode("InvalidFormat");
  }

  public static AwsError invalidNextToken() {
    return new AwsError("InvalidNextToken", 400, "The next token is invalid.");
  }
}
