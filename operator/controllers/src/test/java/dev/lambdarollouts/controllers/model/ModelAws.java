package dev.lambdarollouts.controllers.model;

import dev.lambdarollouts.engine.fact.AwsFailure;
import dev.lambdarollouts.engine.fact.ReleaseId;
import dev.lambdarollouts.engine.fact.VersionNumber;
import dev.lambdarollouts.engine.port.AccessKeys;
import dev.lambdarollouts.engine.port.AlarmPort;
import dev.lambdarollouts.engine.port.AwsPort;
import dev.lambdarollouts.engine.port.AwsReply;
import dev.lambdarollouts.engine.port.FunctionDefinition;
import dev.lambdarollouts.engine.port.StageTarget;
import dev.lambdarollouts.engine.port.Urgency;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An AWS with one account in one region; the credentials are that account's. */
public final class ModelAws implements AwsPort {
  /** The account that the stages name. */
  public static final String ACCOUNT = "111122223333";

  private static final Set<String> WATCHING = Set.of("DescribeAlarms", "DescribeAlarmHistory");
  private static final StageTarget TARGET = new StageTarget(ACCOUNT, "us-east-1", null);

  private final ModelTime time;
  private final ModelFunctions functions = new ModelFunctions(this);
  private final ModelAliases aliases = new ModelAliases(this);
  private final ModelAlarms alarms;
  private final Map<StageTarget.AccessKeySecret, AccessKeys> keys = new HashMap<>();
  private final List<String> calls = new ArrayList<>();
  private Interference interference = Interference.NONE;
  private String account = ACCOUNT;
  private boolean callerIsKnown;
  private @Nullable AwsFailure refusal;
  private @Nullable String refusedRole;
  private Quota quota = Quota.NONE;

  public ModelAws(ModelTime time) {
    this.time = time;
    this.alarms = new ModelAlarms(this, time);
  }

  /** From now on. */
  public void interfere(Interference with) {
    interference = with;
  }

  /** From now on Lambda's and CloudWatch's own quotas hold; past them AWS answers 429. */
  public void quotas() {
    quota = Quota.ofAws();
  }

  /** The credentials turn out to be another account's. */
  public void credentialsOf(String other) {
    account = other;
    callerIsKnown = false;
  }

  /** Credentials that were known are refused from now on. */
  public void takesNoCall(AwsFailure why) {
    refusal = why;
  }

  /** The process that asked is dead. */
  void forget() {
    callerIsKnown = false;
    alarms.forget();
  }

  /** Every call so far, in order: {@code GetAlias}, {@code UpdateAlias} ... */
  public List<String> calls() {
    return List.copyOf(calls);
  }

  /** How many polls of alarms there were since {@link #forgetCalls}. */
  public int polls() {
    return (int) calls.stream().filter(call -> call.equals("DescribeAlarms")).count();
  }

  /** Every call but those that poll alarms or ask who one is. */
  public List<String> callsOfRollouts() {
    return calls.stream()
        .filter(call -> !call.equals("DescribeAlarms") && !call.equals("GetCallerIdentity"))
        .toList();
  }

  /** Forgets the calls so far. */
  public void forgetCalls() {
    calls.clear();
  }

  public ModelFunctions functions() {
    return functions;
  }

  public ModelAliases aliases() {
    return aliases;
  }

  public ModelAlarms alarms() {
    return alarms;
  }

  @Override
  public ModelFunctions functions(StageTarget target) {
    return functions;
  }

  @Override
  public ModelAliases aliases(StageTarget target) {
    return aliases;
  }

  @Override
  public AlarmPort alarms(StageTarget target) {
    return alarms.port(target);
  }

  /** A role that nobody lets the operator assume, by the end of its ARN; polls by it fail too. */
  public void refusesRole(String end) {
    refusedRole = end;
  }

  /** Whether AWS lets nobody in with these. */
  boolean isRefused(StageTarget target) {
    return refusedRole != null
        && target.assumedRole() != null
        && target.assumedRole().roleArn().endsWith(refusedRole);
  }

  @Override
  public AwsReply<Caller> caller(StageTarget target) {
    if (isRefused(target)) {
      calls.add("GetCallerIdentity");
      return new AwsReply.Failed<>(
          new AwsFailure(AwsFailure.Kind.DENIED, "GetCallerIdentity", "may not be assumed"));
    }
    // Asked once and kept, as the port says; what failed is not kept.
    AwsFailure failure = callerIsKnown ? null : made("GetCallerIdentity", () -> {});
    if (!callerIsKnown) {
      refusal = failure != null && failure.isRefusal() ? failure : null;
    }
    callerIsKnown = failure == null;
    return failure == null
        ? new AwsReply.Done<>(
            new Caller(account, "arn:aws:sts::" + account + ":assumed-role/operator/session"))
        : new AwsReply.Failed<>(failure);
  }

  /** By the last answer to the question who one is. */
  @Override
  public @Nullable AwsFailure refusal(StageTarget target) {
    return refusal;
  }

  @Override
  public ReleaseId release(FunctionDefinition definition) {
    int digest =
        (String.valueOf(definition.code())
                + definition.memorySize()
                + definition.timeout()
                + definition.environment()
                + definition.role())
            .hashCode();
    return new ReleaseId("1-" + Integer.toHexString(digest));
  }

  @Override
  public ReleaseId release(VersionNumber published, String codeSha256) {
    return new ReleaseId("1-" + Integer.toHexString((published + codeSha256).hashCode()));
  }

  /** What was learnt of a Secret's keys last; absent where nothing was, or it was forgotten. */
  public @Nullable AccessKeys keys(StageTarget.AccessKeySecret secret) {
    return keys.get(secret);
  }

  @Override
  public void learn(StageTarget.AccessKeySecret secret, AccessKeys told) {
    keys.put(secret, told);
  }

  @Override
  public void forget(StageTarget.AccessKeySecret secret) {
    keys.remove(secret);
  }

  @Override
  public void close() {}

  /** By the operator's clock: when it was told something. */
  Instant now() {
    return time.instant();
  }

  /** By AWS' own clock. */
  Instant truly() {
    return time.truly();
  }

  /** Takes over everything that stands in another AWS, and nothing of what its callers know. */
  void copy(ModelAws other) {
    functions.copy(other.functions);
    aliases.copy(other.aliases);
    alarms.copy(other.alarms);
  }

  /** Lets a call through that waits for the caller to be known, or says why it failed. */
  @Nullable AwsFailure pass(String call, Runnable effect) {
    return pass(call, Urgency.DEPLOY, effect);
  }

  /**
   * As the gateway does: another account's credentials make no call, and while nobody says whose
   * they are only what may have to take traffic back goes out.
   */
  @Nullable AwsFailure pass(String call, Urgency urgency, Runnable effect) {
    boolean waits = urgency != Urgency.ROLLBACK && !WATCHING.contains(call);
    AwsFailure refusal = callerIsKnown || waits ? refusal() : null;
    return refusal == null ? made(call, effect) : refusal;
  }

  private @Nullable AwsFailure refusal() {
    return switch (caller(TARGET)) {
      case AwsReply.Done<Caller>(Caller caller) -> AwsPort.wrongAccount(caller, TARGET);
      case AwsReply.Failed<Caller>(AwsFailure failure) -> failure;
    };
  }

  private @Nullable AwsFailure made(String call, Runnable effect) {
    calls.add(call);
    AwsFailure throttled = quota.asked(call, time.truly());
    if (throttled != null) {
      return throttled;
    }
    AwsFailure before = interference.before(call);
    if (before != null) {
      return before;
    }
    effect.run();
    return interference.after(call);
  }
}
