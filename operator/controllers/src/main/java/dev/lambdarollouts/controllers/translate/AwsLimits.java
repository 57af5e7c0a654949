package dev.lambdarollouts.controllers.translate;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * What AWS refuses, as far as an API server cannot know it before placeholders are resolved and
 * overrides merged. Patterns and numbers are those of the Lambda, CloudWatch and STS API references
 * unless said otherwise.
 */
final class AwsLimits {
  static final Pattern ACCOUNT_ID = Pattern.compile("\\d{12}");
  static final Pattern REGION = Pattern.compile("[a-z]{2,}(-[a-z]+)+-\\d+");

  /** Digits alone would be a version. */
  static final Pattern ALIAS = Pattern.compile("(?!\\d+$)[a-zA-Z0-9-_]{1,128}");

  static final int FUNCTION_NAME_LENGTH = 64;
  static final Pattern FUNCTION_NAME = Pattern.compile("[a-zA-Z0-9-_]+");
  static final Pattern ROLE =
      Pattern.compile("arn:(aws[a-zA-Z-]*)?:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+");
  static final Pattern ARN = Pattern.compile("arn:(aws[a-zA-Z-]*)?:[a-z0-9-.]+:\\S*");
  static final Pattern LAYER_VERSION =
      Pattern.compile("arn:[a-zA-Z0-9-]+:lambda:[a-zA-Z0-9-]+:\\d{12}:layer:[a-zA-Z0-9-_]+:[0-9]+");
  static final Pattern BUCKET = Pattern.compile("[0-9A-Za-z.\\-_]{2,62}[0-9A-Za-z\\-_]");
  static final Pattern LOG_GROUP = Pattern.compile("[.\\-_/#A-Za-z0-9]{1,512}");
  static final int S3_KEY_LENGTH = 1024;
  static final int LAYERS = 5;

  /** CloudWatch, DescribeAlarms. */
  static final int ALARM_NAME_LENGTH = 255;

  /** Lambda quotas, "Environment variables"; measured on their JSON, as its error text shows. */
  static final int ENVIRONMENT_BYTES = 4096;

  static final Pattern ENVIRONMENT_NAME = Pattern.compile("[a-zA-Z][a-zA-Z0-9_]+");

  /** Lambda developer guide, "Defined runtime environment variables": reserved keys. */
  static final Set<String> RESERVED_ENVIRONMENT =
      Set.of(
          "_HANDLER",
          "_X_AMZN_TRACE_ID",
          "AWS_DEFAULT_REGION",
          "AWS_REGION",
          "AWS_EXECUTION_ENV",
          "AWS_LAMBDA_FUNCTION_NAME",
          "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
          "AWS_LAMBDA_FUNCTION_VERSION",
          "AWS_LAMBDA_INITIALIZATION_TYPE",
          "AWS_LAMBDA_LOG_GROUP_NAME",
          "AWS_LAMBDA_LOG_STREAM_NAME",
          "AWS_ACCESS_KEY",
          "AWS_ACCESS_KEY_ID",
          "AWS_SECRET_ACCESS_KEY",
          "AWS_SESSION_TOKEN",
          "AWS_LAMBDA_RUNTIME_API",
          "LAMBDA_TASK_ROOT",
          "LAMBDA_RUNTIME_DIR");

  private AwsLimits() {}
}
