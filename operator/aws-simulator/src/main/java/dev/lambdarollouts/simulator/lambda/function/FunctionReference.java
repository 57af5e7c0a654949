package dev.lambdarollouts.simulator.lambda.function;

import dev.lambdarollouts.simulator.protocol.AwsError;
import dev.lambdarollouts.simulator.protocol.Input;
import dev.lambdarollouts.simulator.service.CallContext;
import dev.lambdarollouts.simulator.service.Location;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A function as requests name it: by name, partial ARN or full ARN, with a qualifier in it or
 * beside it.
 *
 * @param qualifier {@code $LATEST}, a version's number or an alias' name; null when there was none
 */
public record FunctionReference(String name, @Nullable String qualifier) {
  public static final String LATEST = "$LATEST";

  private static final String PREFIX =
      "(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?"
          + "(function:)?";
  private static final Pattern NAMED =
      Pattern.compile(PREFIX + "([a-zA-Z0-9-_\\.]+)(:(\\$LATEST(\\.PUBLISHED)?|[a-zA-Z0-9-_]+))?");
  private static final int REGION = 3;
  private static final int ACCOUNT = 9;
  private static final int NAME = 11;
  private static final int INNER_QUALIFIER = 13;

  /** What FunctionName and Qualifier of a request name, together. */
  public static FunctionReference of(CallContext context, Input input, String action) {
    return of(input.required("FunctionName"), input.text("Qualifier"), context, action);
  }

  /**
   * A function as it is named elsewhere.
   *
   * @param given what the service model lets a function's name be, which was checked before
   */
  public static FunctionReference of(
      String given, @Nullable String qualifier, CallContext context, String action) {
    Matcher parts = NAMED.matcher(given);
    if (!parts.matches()) {
      throw new IllegalStateException("The service model should not have let through: " + given);
    }
    Location here = context.location();
    String inner = parts.group(INNER_QUALIFIER);
    if (inner != null && qualifier != null && !inner.equals(qualifier)) {
      throw LambdaErrors.invalid(
          "The derived qualifier from the function name does not match the specified qualifier.");
    }
    String region = withoutColon(parts.group(REGION));
    if (region != null && !region.equals(here.region())) {
      throw LambdaErrors.notFound(
          "Functions from '"
              + region
              + "' are not reachable in this region ('"
              + here.region()
              + "')");
    }
    String account = withoutColon(parts.group(ACCOUNT));
    if (account != null && !account.equals(here.account())) {
      throw new AwsError(
          "AccessDeniedException",
          403,
          "User: "
              + context.caller().arn()
              + " is not authorized to perform: lambda:"
              + action
              + " on resource: "
              + new Location(account, here.region()).arn("lambda", "function:" + parts.group(NAME))
              + " because no resource-based policy allows the lambda:"
              + action
              + " action");
    }
    return new FunctionReference(parts.group(NAME), inner == null ? qualifier : inner);
  }

  /** The unqualified ARN. */
  public String functionArn(Location here) {
    return here.arn("lambda", "function:" + name);
  }

  /** The ARN as it was asked for, with the qualifier if there was one. */
  public String arn(Location here) {
    return qualifier == null ? functionArn(here) : functionArn(here) + ":" + qualifier;
  }

  /** Updates go to $LATEST only. */
  public FunctionReference unqualifiedForUpdate() {
    if (qualifier != null && !qualifier.equals(LATEST)) {
      throw LambdaErrors.invalid("Current operation does not support versions other than $LATEST");
    }
    return new FunctionReference(name, null);
  }

  public static boolean isVersionNumber(String qualifier) {
    return !qualifier.isEmpty() && qualifier.chars().allMatch(Character::isDigit);
  }

  private static @Nullable String withoutColon(@Nullable String part) {
    return part == null ? null : part.substring(0, part.length() - 1);
  }
}
