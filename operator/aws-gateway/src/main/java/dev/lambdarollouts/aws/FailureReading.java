package dev.lambdarollouts.aws;

import dev.lambdarollouts.engine.fact.AwsFailure;
import dev.lambdarollouts.engine.fact.AwsFailure.Kind;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * Reads what a call threw, by what can be done about it. Only an error that carries one of AWS' own
 * codes counts as AWS' word; any other body (a proxy's HTML page with its 404 or 403) is no answer.
 */
final class FailureReading {
  private static final Set<String> NOT_FOUND =
      Set.of(
          "ProvisionedConcurrencyConfigNotFoundException",
          "ResourceNotFound",
          "ResourceNotFoundException");

  private static final Set<String> CONFLICT =
      Set.of(
          "PreconditionFailedException",
          "ResourceConflictException",
          "ResourceInUseException",
          "ResourceNotReadyException",
          "ConflictException");

  private static final Set<String> THROTTLED =
      Set.of(
          "TooManyRequestsException",
          "Throttling",
          "ThrottlingException",
          "ThrottledException",
          "RequestThrottled",
          "RequestThrottledException",
          "RequestLimitExceeded",
          "EC2ThrottledException",
          "SlowDown");

  private static final Set<String> DENIED =
      Set.of(
          "AccessDenied",
          "AccessDeniedException",
          "AuthFailure",
          "ExpiredToken",
          "ExpiredTokenException",
          "IncompleteSignature",
          "IncompleteSignatureException",
          "InvalidAccessKeyId",
          "InvalidClientTokenId",
          "InvalidIdentityToken",
          "InvalidSignatureException",
          "MissingAuthenticationToken",
          "MissingAuthenticationTokenException",
          "NotAuthorized",
          "OptInRequired",
          "RegionDisabledException",
          "RequestExpired",
          "SignatureDoesNotMatch",
          "UnauthorizedOperation",
          "UnrecognizedClientException");

  private static final Set<String> UNAVAILABLE =
      Set.of(
          "IDPCommunicationError",
          "InternalFailure",
          "InternalServiceError",
          "InternalServiceFault",
          "RequestTimeout",
          "RequestTimeoutException",
          "ServiceException",
          "ServiceUnavailable",
          "ServiceUnavailableException");

  /** Of DENIED, those that say: these credentials are taken, and may not do this. */
  private static final Set<String> NOT_ALLOWED =
      Set.of("AccessDenied", "AccessDeniedException", "NotAuthorized", "UnauthorizedOperation");

  /** Of DENIED, those in which AWS repeats what the request was signed with. */
  private static final Set<String> SIGNATURE =
      Set.of(
          "IncompleteSignature",
          "IncompleteSignatureException",
          "InvalidSignatureException",
          "SignatureDoesNotMatch");

  private FailureReading() {}

  /** What an error says of the credentials that the call was signed with. */
  enum Credentials {
    /** AWS takes no call with them, whatever it is. */
    REFUSED,
    /** AWS took them, and said no to this call, or to what was asked. */
    TAKEN,
    /** Nothing. */
    NOT_SEEN
  }

  /** What a call's exception says of the credentials. */
  static Credentials credentials(Api api, RuntimeException thrown) {
    AwsFailure failure = of(api.operation(), thrown, Set.of());
    return switch (failure.kind()) {
      case THROTTLED, UNAVAILABLE -> Credentials.NOT_SEEN;
      case NOT_FOUND, CONFLICT -> Credentials.TAKEN;
      // STS asks no right for GetCallerIdentity: what it refuses is to assume the role before it.
      case INVALID -> isFromSts(thrown) ? Credentials.REFUSED : Credentials.TAKEN;
      case DENIED ->
          isFromSts(thrown) || isOfCredentials(thrown) ? Credentials.REFUSED : Credentials.TAKEN;
    };
  }

  /** Without an answer of AWS: the SDK found no credentials to call with. */
  private static boolean isOfCredentials(RuntimeException thrown) {
    String code = codeOf(thrown);
    return !(thrown instanceof AwsServiceException)
        || (DENIED.contains(code) && !NOT_ALLOWED.contains(code));
  }

  private static boolean isFromSts(RuntimeException thrown) {
    return thrown instanceof AwsServiceException answer
        && answer.awsErrorDetails() != null
        && "Sts".equalsIgnoreCase(answer.awsErrorDetails().serviceName());
  }

  private static String codeOf(RuntimeException thrown) {
    String code =
        thrown instanceof AwsServiceException answer && answer.awsErrorDetails() != null
            ? answer.awsErrorDetails().errorCode()
            : null;
    return code == null ? "" : code;
  }

  /**
   * What a call's exception means.
   *
   * @param secrets texts that the call sent and that no message may repeat
   */
  static AwsFailure of(String operation, RuntimeException thrown, Collection<String> secrets) {
    if (thrown instanceof AwsServiceException answer) {
      return ofAnswer(operation, answer, secrets);
    }
    String text = Redaction.redact(textOf(thrown), secrets);
    boolean noCredentials =
        thrown instanceof SdkClientException && text.startsWith("Unable to load credentials");
    return new AwsFailure(noCredentials ? Kind.DENIED : Kind.UNAVAILABLE, operation, text);
  }

  private static AwsFailure ofAnswer(
      String operation, AwsServiceException answer, Collection<String> secrets) {
    AwsErrorDetails details = answer.awsErrorDetails();
    String code = details == null ? null : details.errorCode();
    String words = details == null ? null : details.errorMessage();
    if (code == null || code.isBlank()) {
      return new AwsFailure(
          answer.statusCode() == 429 ? Kind.THROTTLED : Kind.UNAVAILABLE,
          operation,
          "HTTP " + answer.statusCode() + " without an AWS error code");
    }
    String text = words == null || words.isBlank() ? code : Redaction.redact(words, secrets);
    if (isSignatureError(code)) {
      // AWS repeats the whole signed request in it, session token included.
      text = code + ": the request's signature was refused; check the credentials and the clock";
    }
    return new AwsFailure(kindOf(code, answer, text), operation, ofWhom(operation, details, text));
  }

  private static boolean isSignatureError(String code) {
    return SIGNATURE.contains(code);
  }

  private static String ofWhom(String operation, AwsErrorDetails details, String text) {
    boolean fromSts = "Sts".equalsIgnoreCase(details.serviceName());
    return fromSts && !operation.equals(Api.GET_CALLER_IDENTITY.operation())
        ? "AssumeRole: " + text
        : text;
  }

  private static Kind kindOf(String code, AwsServiceException answer, String text) {
    int status = answer.statusCode();
    if (NOT_FOUND.contains(code)) {
      return Kind.NOT_FOUND;
    }
    if (CONFLICT.contains(code)) {
      return Kind.CONFLICT;
    }
    // EC2's throttle reaches us as a 400 InvalidParameterValueException of Lambda.
    if (THROTTLED.contains(code)
        || status == 429
        || answer.isThrottlingException()
        || text.toLowerCase(Locale.ROOT).contains("throttled by ec2")) {
      return Kind.THROTTLED;
    }
    if (DENIED.contains(code)) {
      return Kind.DENIED;
    }
    if (UNAVAILABLE.contains(code) || status >= 500 || status < 400) {
      return Kind.UNAVAILABLE;
    }
    return status == 401 || status == 403 ? Kind.DENIED : Kind.INVALID;
  }

  private static String textOf(Throwable thrown) {
    StringBuilder text = new StringBuilder(wordsOf(thrown));
    @Nullable Throwable cause = thrown.getCause();
    // The SDK's own words are general; what happened is in the cause: connection refused, timed
    // out.
    if (cause != null && cause.getMessage() != null && text.indexOf(cause.getMessage()) < 0) {
      text.append(": ").append(cause.getMessage());
    }
    return text.toString();
  }

  private static String wordsOf(Throwable thrown) {
    String words = thrown.getMessage();
    return words == null ? thrown.getClass().getSimpleName() : words;
  }
}
