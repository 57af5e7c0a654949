package dev.lambdarollouts.aws;

/**
 * Every AWS API that this module calls, with the quota it counts against. {@code docs/iam.md} must
 * allow each of them; a test compares.
 */
enum Api {
  GET_FUNCTION("lambda", "GetFunction", Group.GET_FUNCTION),
  CREATE_FUNCTION("lambda", "CreateFunction", Group.LAMBDA),
  UPDATE_FUNCTION_CONFIGURATION("lambda", "UpdateFunctionConfiguration", Group.LAMBDA),
  UPDATE_FUNCTION_CODE("lambda", "UpdateFunctionCode", Group.LAMBDA),
  LIST_VERSIONS("lambda", "ListVersionsByFunction", Group.LAMBDA),
  LIST_ALIASES("lambda", "ListAliases", Group.LAMBDA),
  LIST_DURABLE_EXECUTIONS("lambda", "ListDurableExecutionsByFunction", Group.LAMBDA),
  DELETE_FUNCTION("lambda", "DeleteFunction", Group.LAMBDA),
  PUBLISH_VERSION("lambda", "PublishVersion", Group.LAMBDA),
  LIST_EVENT_SOURCE_MAPPINGS("lambda", "ListEventSourceMappings", Group.LAMBDA),
  GET_FUNCTION_URL("lambda", "GetFunctionUrlConfig", Group.LAMBDA),
  GET_POLICY("lambda", "GetPolicy", Group.LAMBDA),
  LIST_TAGS("lambda", "ListTags", Group.LAMBDA),
  TAG_RESOURCE("lambda", "TagResource", Group.LAMBDA),
  UNTAG_RESOURCE("lambda", "UntagResource", Group.LAMBDA),
  PUT_FUNCTION_CONCURRENCY("lambda", "PutFunctionConcurrency", Group.LAMBDA),
  DELETE_FUNCTION_CONCURRENCY("lambda", "DeleteFunctionConcurrency", Group.LAMBDA),
  GET_PROVISIONED_CONCURRENCY_CONFIG("lambda", "GetProvisionedConcurrencyConfig", Group.LAMBDA),
  PUT_PROVISIONED_CONCURRENCY_CONFIG("lambda", "PutProvisionedConcurrencyConfig", Group.LAMBDA),
  DELETE_PROVISIONED_CONCURRENCY_CONFIG(
      "lambda", "DeleteProvisionedConcurrencyConfig", Group.LAMBDA),
  GET_RUNTIME_MANAGEMENT_CONFIG("lambda", "GetRuntimeManagementConfig", Group.LAMBDA),
  PUT_RUNTIME_MANAGEMENT_CONFIG("lambda", "PutRuntimeManagementConfig", Group.LAMBDA),
  GET_ALIAS("lambda", "GetAlias", Group.LAMBDA),
  CREATE_ALIAS("lambda", "CreateAlias", Group.LAMBDA),
  UPDATE_ALIAS("lambda", "UpdateAlias", Group.LAMBDA),
  DESCRIBE_ALARMS("cloudwatch", "DescribeAlarms", Group.DESCRIBE_ALARMS),
  DESCRIBE_ALARM_HISTORY("cloudwatch", "DescribeAlarmHistory", Group.DESCRIBE_ALARM_HISTORY),
  GET_CALLER_IDENTITY("sts", "GetCallerIdentity", Group.NONE);

  /** APIs that share one quota of an account and region. */
  enum Group {
    GET_FUNCTION,
    LAMBDA,
    DESCRIBE_ALARMS,
    DESCRIBE_ALARM_HISTORY,
    /** Not limited here. */
    NONE
  }

  private final String service;
  private final String operation;
  private final Group group;

  Api(String service, String operation, Group group) {
    this.service = service;
    this.operation = operation;
    this.group = group;
  }

  String service() {
    return service;
  }

  String operation() {
    return operation;
  }

  Group group() {
    return group;
  }

  /** Reads alarms, and moves nothing. */
  boolean watchesAlarms() {
    return this == DESCRIBE_ALARMS || this == DESCRIBE_ALARM_HISTORY;
  }
}
