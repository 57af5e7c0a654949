package dev.lambdarollouts.aws;

import dev.lambdarollouts.engine.fact.AwsFailure;
import dev.lambdarollouts.engine.fact.ReleaseId;
import dev.lambdarollouts.engine.fact.VersionNumber;
import dev.lambdarollouts.engine.port.AccessKeys;
import dev.lambdarollouts.engine.port.AlarmPort;
import dev.lambdarollouts.engine.port.AliasPort;
import dev.lambdarollouts.engine.port.AwsPort;
import dev.lambdarollouts.engine.port.AwsReply;
import dev.lambdarollouts.engine.port.FunctionDefinition;
import dev.lambdarollouts.engine.port.FunctionPort;
import dev.lambdarollouts.engine.port.StageTarget;
import dev.lambdarollouts.engine.port.StageTarget.AccessKeySecret;
import dev.lambdarollouts.engine.port.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The way into AWS. Clients, ports and the alarm watcher are made once for each account, region and
 * role (with its ExternalId and session tags, for another namespace's rights are never used) and
 * shared; request quotas are shared by all roles in an account and region.
 */
public final class AwsGateway implements AwsPort {
  /** Far more stages than an installation has; beyond it those unused the longest go. */
  private static final int TARGETS = 1_000;

  private final TimeSource time;
  private final GatewaySettings settings;
  private final AwsCallListener listener;
  private final ReleaseHash releases;
  private final SdkClients clients;
  private final KnownKeys keys = new KnownKeys();
  private final int mostTargets;
  private final Map<StageTarget, TargetPorts> targets = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<Place, RateGates> gates = new HashMap<>();

  private record Place(String accountId, String region) {}

  /**
   * Makes no call yet. Credentials come from the SDK's default chain.
   *
   * @param time the process' only time
   * @param identity names releases and role sessions
   * @param listener hears of every call
   */
  public AwsGateway(
      TimeSource time,
      InstallationIdentity identity,
      GatewaySettings settings,
      AwsCallListener listener) {
    this(time, identity, settings, listener, TARGETS);
  }

  AwsGateway(
      TimeSource time,
      InstallationIdentity identity,
      GatewaySettings settings,
      AwsCallListener listener,
      int mostTargets) {
    this.mostTargets = mostTargets;
    this.time = time;
    this.settings = settings;
    this.listener = listener;
    this.releases = new ReleaseHash(identity);
    this.clients = new SdkClients(identity.id(), settings.endpoint(), keys);
  }

  @Override
  public FunctionPort functions(StageTarget target) {
    return ports(target).functions();
  }

  @Override
  public AliasPort aliases(StageTarget target) {
    return ports(target).aliases();
  }

  @Override
  public AlarmPort alarms(StageTarget target) {
    return ports(target).alarms();
  }

  @Override
  public AwsReply<Caller> caller(StageTarget target) {
    return ports(target).calls().caller();
  }

  @Override
  public synchronized @Nullable AwsFailure refusal(StageTarget target) {
    TargetPorts opened = targets.get(target);
    return opened == null ? null : opened.calls().refusal();
  }

  @Override
  public ReleaseId release(FunctionDefinition definition) {
    return releases.of(definition);
  }

  @Override
  public ReleaseId release(VersionNumber published, String codeSha256) {
    return releases.of(published, codeSha256);
  }

  @Override
  public void learn(AccessKeySecret secret, AccessKeys told) {
    keys.learn(secret, told);
  }

  @Override
  public void forget(AccessKeySecret secret) {
    keys.forget(secret);
  }

  /** How old what is known of alarms is, for each target where somebody watches. */
  public synchronized List<AlarmPollAge> alarmPollAges() {
    Instant now = time.instant();
    List<AlarmPollAge> ages = new ArrayList<>();
    targets.forEach(
        (target, ports) -> {
          Instant oldest = ports.alarms().oldestSample();
          if (oldest != null) {
            ages.add(new AlarmPollAge(target, Duration.between(oldest, now)));
          }
        });
    return ages;
  }

  private synchronized TargetPorts ports(StageTarget target) {
    TargetPorts known = targets.get(target);
    if (known != null) {
      return known;
    }
    TargetPorts opened = open(target);
    targets.put(target, opened);
    forgetIdle();
    return opened;
  }

  private TargetPorts open(StageTarget target) {
    Clients sdk = clients.open(target);
    RateGates shares =
        gates.computeIfAbsent(
            new Place(target.accountId(), target.region()),
            _ -> new RateGates(time, settings.quotas()));
    AwsCalls calls = new AwsCalls(target, sdk.sts(), shares, listener, keys);
    return new TargetPorts(
        sdk,
        calls,
        new LambdaFunctions(sdk.lambda(), calls, releases),
        new LambdaAliases(sdk.lambda(), calls, time),
        new AlarmWatcher(
            target.accountId() + "/" + target.region(),
            new CloudWatchAlarms(sdk.cloudWatch(), calls),
            time,
            settings,
            Thread::startVirtualThread));
  }

  /**
   * Those where somebody watches alarms stay. What is forgotten is not closed: it owns no thread
   * and no connection, and somebody may be in the middle of a call.
   */
  private void forgetIdle() {
    Iterator<TargetPorts> longestUnused = targets.values().iterator();
    while (targets.size() > mostTargets && longestUnused.hasNext()) {
      if (!longestUnused.next().alarms().isWatching()) {
        longestUnused.remove();
      }
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      targets.values().forEach(TargetPorts::close);
      targets.clear();
    }
    clients.close();
  }
}
