package dev.lambdarollouts.simulator.lambda.invocation;

import dev.lambdarollouts.simulator.identity.Accounts;
import dev.lambdarollouts.simulator.identity.Principal;
import dev.lambdarollouts.simulator.identity.Session;
import dev.lambdarollouts.simulator.lambda.function.Deployment;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.WeakHashMap;

/** The environment variables of a run: the function's own, AWS' and the role's credentials. */
final class RuntimeVariables {
  private final Accounts accounts;
  private final Map<Deployment, Session> sessions =
      Collections.synchronizedMap(new WeakHashMap<>());
  private volatile String endpoint = "";

  RuntimeVariables(Accounts accounts) {
    this.accounts = accounts;
  }

  /** Where this AWS is reached, for the code that runs in it. */
  void endpoint(String url) {
    endpoint = url;
  }

  Map<String, String> of(Invoker.Target target, String initialization, String stream, Instant at) {
    Deployment deployment = target.deployment();
    Map<String, String> variables = new LinkedHashMap<>(deployment.environment());
    String region = target.location().region();
    variables.put("_HANDLER", deployment.setting("Handler"));
    variables.put("AWS_REGION", region);
    variables.put("AWS_DEFAULT_REGION", region);
    variables.put("AWS_EXECUTION_ENV", "AWS_Lambda_" + deployment.setting("Runtime"));
    variables.put("AWS_LAMBDA_FUNCTION_NAME", target.reference().name());
    variables.put("AWS_LAMBDA_FUNCTION_VERSION", target.version());
    variables.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", String.valueOf(deployment.memoryMegabytes()));
    variables.put("AWS_LAMBDA_INITIALIZATION_TYPE", initialization);
    variables.put("AWS_LAMBDA_LOG_GROUP_NAME", deployment.logGroup());
    variables.put("AWS_LAMBDA_LOG_STREAM_NAME", stream);
    if (deployment.logging("LogFormat").equals("JSON")) {
      variables.put("AWS_LAMBDA_LOG_FORMAT", "JSON");
    }
    variables.put("LAMBDA_TASK_ROOT", "/var/task");
    variables.put("LAMBDA_RUNTIME_DIR", "/var/runtime");
    variables.put("TZ", ":UTC");
    variables.put("AWS_ENDPOINT_URL", endpoint);
    Session session = session(target, at);
    variables.put("AWS_ACCESS_KEY_ID", session.accessKeyId());
    variables.put("AWS_SECRET_ACCESS_KEY", session.secretAccessKey());
    variables.put("AWS_SESSION_TOKEN", session.sessionToken());
    return variables;
  }

  /** Credentials of the function's role, kept for its environments while they are good. */
  private Session session(Invoker.Target target, Instant at) {
    Session session = sessions.get(target.deployment());
    if (session == null || !session.expiration().isAfter(at.plus(Duration.ofMinutes(15)))) {
      session = newSession(target, at);
      sessions.put(target.deployment(), session);
    }
    return session;
  }

  private Session newSession(Invoker.Target target, Instant at) {
    String account = target.location().account();
    String role = target.deployment().setting("Role");
    String roleName = role.substring(role.lastIndexOf('/') + 1);
    String name = target.reference().name();
    Principal principal =
        new Principal(
            account,
            "arn:aws:sts::" + account + ":assumed-role/" + roleName + "/" + name,
            Accounts.roleId(role) + ":" + name,
            Principal.Kind.RUNNING_FUNCTION);
    return accounts.issue(principal, at, Duration.ofHours(12), Map.of());
  }
}
