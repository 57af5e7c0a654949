package dev.lambdarollouts.simulator.sts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.simulator.identity.Accounts;
import dev.lambdarollouts.simulator.identity.Principal;
import dev.lambdarollouts.simulator.identity.Session;
import dev.lambdarollouts.simulator.protocol.AwsError;
import dev.lambdarollouts.simulator.protocol.Constraints;
import dev.lambdarollouts.simulator.protocol.Input;
import dev.lambdarollouts.simulator.protocol.Json;
import dev.lambdarollouts.simulator.protocol.Query;
import dev.lambdarollouts.simulator.protocol.WireReply;
import dev.lambdarollouts.simulator.protocol.WireRequest;
import dev.lambdarollouts.simulator.service.AwsService;
import dev.lambdarollouts.simulator.service.CallContext;
import dev.lambdarollouts.simulator.service.RoutedCall;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** AWS STS behind the query protocol: GetCallerIdentity and AssumeRole. */
public final class StsService implements AwsService {
  private static final String SCOPE = "sts";
  private static final String NAMESPACE = "https://sts.amazonaws.com/doc/2011-06-15/";
  private static final Duration CHAINED_LIMIT = Duration.ofHours(1);
  private static final Pattern ROLE_ARN =
      Pattern.compile("arn:aws[a-zA-Z-]*:iam::\\d{12}:role/[\\w+=,.@/-]+");
  private static final Pattern SESSION_NAME = Pattern.compile("[\\w+=,.@-]*");
  private static final Pattern EXTERNAL_ID = Pattern.compile("[\\w+=,.@:\\/-]*");

  private final Accounts accounts;
  private final Roles roles;

  public StsService(Accounts accounts, Roles roles) {
    this.accounts = accounts;
    this.roles = roles;
  }

  @Override
  public String scope() {
    return SCOPE;
  }

  /** A session is nothing that stays. */
  @Override
  public boolean mutates(String operation) {
    return !operation.equals("AssumeRole") && AwsService.super.mutates(operation);
  }

  @Override
  public Set<String> operations() {
    return Set.of("GetCallerIdentity", "AssumeRole");
  }

  @Override
  public RoutedCall route(WireRequest request) {
    Map<String, List<String>> form =
        request.method().equals("GET")
            ? request.query()
            : WireRequest.parseQuery(new String(request.body(), StandardCharsets.UTF_8));
    String operation = form.getOrDefault("Action", List.of("")).getFirst();
    Input input = new Input(Query.read(form));
    return switch (operation) {
      case "GetCallerIdentity" ->
          call(operation, "", context -> reply(operation, callerIdentity(context), context));
      case "AssumeRole" ->
          call(
              operation,
              form.getOrDefault("RoleArn", List.of("")).getFirst(),
              context -> reply(operation, assumeRole(context, input), context));
      default ->
          RoutedCall.failing(
              SCOPE,
              operation.isEmpty() ? "UnknownOperation" : operation,
              new AwsError(
                  "InvalidAction",
                  400,
                  "aws-simulator does not have the STS operation '" + operation + "'"),
              StsService::error);
    };
  }

  private static RoutedCall call(String operation, String resource, RoutedCall.Action action) {
    return new RoutedCall(SCOPE, operation, resource, true, action, StsService::error);
  }

  private static ObjectNode callerIdentity(CallContext context) {
    return Json.object()
        .put("Arn", context.caller().arn())
        .put("UserId", context.caller().userId())
        .put("Account", context.account());
  }

  private ObjectNode assumeRole(CallContext context, Input input) {
    String arn = input.text("RoleArn");
    String sessionName = input.text("RoleSessionName");
    String externalId = input.text("ExternalId");
    Integer seconds = input.integer("DurationSeconds");
    String sourceIdentity = input.text("SourceIdentity");
    new Constraints()
        .required(arn, "roleArn")
        .required(sessionName, "roleSessionName")
        .length(arn, "roleArn", 20, 2048)
        .length(sessionName, "roleSessionName", 2, 64)
        .pattern(sessionName, "roleSessionName", SESSION_NAME)
        .length(externalId, "externalId", 2, 1224)
        .pattern(externalId, "externalId", EXTERNAL_ID)
        .range(seconds, "durationSeconds", 900, 43_200)
        .length(sourceIdentity, "sourceIdentity", 2, 64)
        .pattern(sourceIdentity, "sourceIdentity", SESSION_NAME)
        .check();
    Map<String, String> tags = SessionTags.of(input);
    String roleArn = String.valueOf(arn);
    if (!ROLE_ARN.matcher(roleArn).matches()) {
      throw AwsError.validation(roleArn + " is invalid");
    }
    Duration duration = Duration.ofSeconds(seconds == null ? 3600 : seconds);
    Role role = roles.find(roleArn);
    if (role == null || !trusts(role, context.caller(), externalId)) {
      throw new AwsError(
          "AccessDenied",
          403,
          "User: "
              + context.caller().arn()
              + " is not authorized to perform: sts:AssumeRole on resource: "
              + roleArn);
    }
    if (context.caller().kind() != Principal.Kind.LONG_LIVED
        && duration.compareTo(CHAINED_LIMIT) > 0) {
      throw AwsError.validation(
          "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role"
              + " chaining");
    }
    if (duration.compareTo(role.maxSession()) > 0) {
      throw AwsError.validation(
          "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
    }
    ObjectNode reply = issued(context, roleArn, String.valueOf(sessionName), duration, tags);
    int packed = SessionTags.packedPercent(input);
    if (packed > 0) {
      reply.put("PackedPolicySize", packed);
    }
    return sourceIdentity == null ? reply : reply.put("SourceIdentity", sourceIdentity);
  }

  private ObjectNode issued(
      CallContext context,
      String roleArn,
      String sessionName,
      Duration duration,
      Map<String, String> tags) {
    String account = roleArn.split(":", -1)[4];
    String roleName = roleArn.substring(roleArn.lastIndexOf('/') + 1);
    String id = Accounts.roleId(roleArn) + ":" + sessionName;
    Principal principal =
        new Principal(
            account,
            "arn:aws:sts::" + account + ":assumed-role/" + roleName + "/" + sessionName,
            id,
            Principal.Kind.ASSUMED_ROLE);
    Session session = accounts.issue(principal, context.at(), duration, tags);
    ObjectNode reply = Json.object();
    reply.putObject("AssumedRoleUser").put("AssumedRoleId", id).put("Arn", principal.arn());
    ObjectNode credentials = reply.putObject("Credentials");
    credentials
        .put("AccessKeyId", session.accessKeyId())
        .put("SecretAccessKey", session.secretAccessKey())
        .put("SessionToken", session.sessionToken());
    credentials.set("Expiration", Json.instant(session.expiration()));
    return reply;
  }

  private static boolean trusts(Role role, Principal caller, @Nullable String externalId) {
    String expected = role.externalId();
    return (expected == null || expected.equals(externalId))
        && (role.trustedAccounts().isEmpty() || role.trustedAccounts().contains(caller.account()));
  }

  private static WireReply reply(String operation, ObjectNode result, CallContext context) {
    return new WireReply(
        200,
        Map.of("Content-Type", "text/xml", "x-amzn-RequestId", context.requestId()),
        Query.write(operation, result, NAMESPACE, context.requestId()));
  }

  private static WireReply error(AwsError error, String requestId) {
    return new WireReply(
        error.status(),
        Map.of("Content-Type", "text/xml", "x-amzn-RequestId", requestId),
        Query.error(error, NAMESPACE, requestId));
  }
}
