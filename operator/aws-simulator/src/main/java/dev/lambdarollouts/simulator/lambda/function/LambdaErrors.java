package dev.lambdarollouts.simulator.lambda.function;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.simulator.protocol.AwsError;
import dev.lambdarollouts.simulator.protocol.Json;
import dev.lambdarollouts.simulator.protocol.WireReply;
import java.util.LinkedHashMap;
import java.util.Map;

/** Lambda's errors in Lambda's words, most of them as recorded from the service. */
public final class LambdaErrors {
  private static final String TYPE = "Type";

  private LambdaErrors() {}

  public static AwsError invalid(String message) {
    return new AwsError("InvalidParameterValueException", 400, message);
  }

  /** A refusal of the concurrency limits, which comes without the member Type [recorded]. */
  public static AwsError limit(String message) {
    return invalid(message).with(TYPE, "");
  }

  public static AwsError notFound(String message) {
    return new AwsError("ResourceNotFoundException", 404, message);
  }

  /** The words of operations that look aliases up by their ARN, for an alias or a version. */
  public static AwsError qualifierNotFound(String qualifier, String arn) {
    return FunctionReference.isVersionNumber(qualifier) || qualifier.contains("$")
        ? functionNotFound(arn)
        : notFound("Cannot find alias arn: " + arn);
  }

  public static AwsError functionNotFound(String arn) {
    return notFound("Function not found: " + arn);
  }

  public static AwsError conflict(String message) {
    return new AwsError("ResourceConflictException", 409, message);
  }

  public static AwsError updateInProgress(String arn) {
    return conflict(
        "The operation cannot be performed at this time. An update is in progress for resource: "
            + arn);
  }

  public static AwsError wrongState(String state) {
    return conflict(
        "The operation cannot be performed at this time. The function is currently in the following"
            + " state: "
            + state);
  }

  public static AwsError revisionMismatch() {
    return new AwsError(
        "PreconditionFailedException",
        412,
        "The Revision Id provided does not match the latest Revision Id. Call the"
            + " GetFunction/GetAlias API to retrieve the latest Revision Id");
  }

  public static AwsError policyRevisionMismatch() {
    return new AwsError(
        "PreconditionFailedException",
        412,
        "The Revision Id provided does not match the latest Revision Id. Call the GetPolicy API to"
            + " retrieve the latest Revision Id");
  }

  public static AwsError tooLarge(String message) {
    return new AwsError("RequestEntityTooLargeException", 413, message);
  }

  /** The REST-JSON error body: not-found texts come under Message, the others under message. */
  public static WireReply format(AwsError error, String requestId) {
    ObjectNode body = Json.object();
    boolean modelled = !error.code().equals("ValidationException") && error.status() != 403;
    if (modelled) {
      body.put(TYPE, error.senderFault() ? "User" : "Service");
    }
    error.details().forEach(body::put);
    if (body.path(TYPE).asText().isEmpty()) {
      body.remove(TYPE);
    }
    boolean capital = error.code().equals("ResourceNotFoundException") || error.status() == 403;
    body.put(capital ? "Message" : "message", error.text());
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "application/json");
    headers.put("x-amzn-ErrorType", error.code());
    headers.put("x-amzn-RequestId", requestId);
    return new WireReply(error.status(), headers, Json.write(body));
  }
}
