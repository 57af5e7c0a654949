package dev.lambdarollouts.simulator;

import dev.lambdarollouts.simulator.cloudwatch.CloudWatch;
import dev.lambdarollouts.simulator.control.ControlApi;
import dev.lambdarollouts.simulator.control.Overview;
import dev.lambdarollouts.simulator.door.Calls;
import dev.lambdarollouts.simulator.door.Door;
import dev.lambdarollouts.simulator.door.Faults;
import dev.lambdarollouts.simulator.door.HttpEndpoint;
import dev.lambdarollouts.simulator.identity.Accounts;
import dev.lambdarollouts.simulator.keep.DataFile;
import dev.lambdarollouts.simulator.keep.DataFileException;
import dev.lambdarollouts.simulator.keep.Keeper;
import dev.lambdarollouts.simulator.keep.KeptState;
import dev.lambdarollouts.simulator.keep.Saved;
import dev.lambdarollouts.simulator.lambda.Lambda;
import dev.lambdarollouts.simulator.lambda.Traffic;
import dev.lambdarollouts.simulator.lambda.function.LambdaTimes;
import dev.lambdarollouts.simulator.logs.Logs;
import dev.lambdarollouts.simulator.s3.S3Service;
import dev.lambdarollouts.simulator.service.AwsService;
import dev.lambdarollouts.simulator.service.Location;
import dev.lambdarollouts.simulator.sts.Roles;
import dev.lambdarollouts.simulator.sts.StsService;
import dev.lambdarollouts.simulator.time.MovableTime;
import dev.lambdarollouts.simulator.time.Timeline;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * An AWS in this JVM, behind one HTTP endpoint for all services, accounts and regions. Point any
 * AWS client at {@link #endpoint}: an access key of twelve digits is the account of that number.
 *
 * <p>It lives in the time of the {@link InstantSource} that it is given. What is due happens when
 * the next request comes, or on {@link #tick}, each thing as if at its own time; with a source that
 * moves by itself it also ticks by itself.
 */
public final class AwsSimulator implements AutoCloseable {
  private static final Duration KEEP_EVERY = Duration.ofSeconds(30);

  private final Timeline timeline;
  private final Accounts accounts;
  private final Lambda lambda;
  private final Roles roles = new Roles();
  private final Faults faults = new Faults();
  private final Calls calls = new Calls();
  private final Location home;
  private final List<AwsService> services;
  private final HttpEndpoint http;
  private final @Nullable Ticker ticker;
  private final @Nullable Keeper keeper;

  private AwsSimulator(Builder builder, @Nullable DataFile file) {
    Saved saved = file == null ? null : file.read();
    if (saved != null
        && builder.time instanceof MovableTime movable
        && saved.time().isAfter(movable.instant())) {
      movable.advance(Duration.between(movable.instant(), saved.time()));
    }
    this.timeline = new Timeline(builder.time);
    this.home = new Location(builder.account, builder.region);
    int starts = saved == null ? 0 : saved.starts();
    // Other chance than before a restart: the same would give ids out again.
    Random random = new Random(builder.seed + starts * 1_000_003L);
    this.accounts = new Accounts(builder.account, random);
    CloudWatch cloudWatch = new CloudWatch(timeline, builder.alarmEvaluationDelay);
    S3Service s3 = new S3Service(random);
    this.lambda =
        new Lambda(
            timeline, random, builder.lambdaTimes, s3::read, cloudWatch.metrics(), accounts, home);
    Logs logs = new Logs(timeline);
    lambda.logTo(logs.sink());
    this.services =
        List.of(
            lambda.service(),
            cloudWatch.service(),
            logs.service(),
            new StsService(accounts, roles),
            s3);
    Door door =
        new Door(services, lambda.downloads(), timeline, accounts, faults, calls, builder.quotas);
    List<KeptState> parts = new ArrayList<>(lambda.kept());
    parts.addAll(List.of(accounts, cloudWatch.kept(), logs.kept(), s3.kept()));
    if (file == null || saved == null) {
      this.keeper = null;
    } else {
      timeline.exclusively(() -> file.restore(saved, parts));
      this.keeper = new Keeper(file, starts + 1, timeline, parts);
    }
    ControlApi control =
        new ControlApi(
            home,
            services,
            faults,
            calls,
            timeline,
            builder.time,
            lambda.traffic(),
            lambda.durableExecutions(),
            new Overview(timeline, lambda::shown, cloudWatch::alarmsShown));
    this.http =
        new HttpEndpoint(
            builder.address,
            builder.port,
            request -> ControlApi.concerns(request) ? control.serve(request) : door.serve(request));
    this.lambda.endpoint(http.uri().toString());
    this.ticker = builder.tickEvery == null ? null : new Ticker(timeline, builder.tickEvery);
  }

  public static Builder builder() {
    return new Builder();
  }

  /** Where clients reach it, such as {@code http://127.0.0.1:4566}. */
  public URI endpoint() {
    return http.uri();
  }

  /** The time up to which everything has happened here. */
  public Instant now() {
    return timeline.now();
  }

  /** Lets everything happen that is due by the source's time. */
  public void tick() {
    timeline.catchUp();
  }

  /** All calls that came in. */
  public Calls calls() {
    return calls;
  }

  /** What shall go wrong. */
  public Faults faults() {
    return faults;
  }

  /** For what is told of them elsewhere. */
  List<AwsService> services() {
    return services;
  }

  /** What may be asked of Lambda beside its API: scripted answers, failing updates. */
  public Lambda lambda() {
    return lambda;
  }

  /** Steady loads on functions. */
  public Traffic traffic() {
    return lambda.traffic();
  }

  /**
   * Invocations by the version that really took them.
   *
   * @param function as it is invoked: an ARN, or {@code name:alias} in the simulator's own account
   *     and region
   * @param from inclusive, simulated time
   * @param to exclusive
   */
  public Map<String, Long> trafficShare(String function, Instant from, Instant to) {
    String arn =
        function.startsWith("arn:") ? function : home.arn("lambda", "function:" + function);
    return lambda.shares().between(arn, from, to);
  }

  /** The roles that AssumeRole knows. */
  public Roles roles() {
    return roles;
  }

  /** Whose keys are whose; sessions can be made to expire. */
  public Accounts accounts() {
    return accounts;
  }

  @Override
  public void close() {
    if (ticker != null) {
      ticker.close();
    }
    lambda.traffic().stopAll();
    http.close();
    lambda.close();
    if (keeper != null) {
      keeper.close();
    }
  }

  /** How the simulator shall be. */
  public static final class Builder {
    private InstantSource time = InstantSource.system();
    private int port;
    private InetAddress address = InetAddress.getLoopbackAddress();
    private String account = "000000000000";
    private String region = "us-east-1";
    private long seed = 1;
    private LambdaTimes lambdaTimes = LambdaTimes.DEFAULT;
    private Duration alarmEvaluationDelay = Duration.ofSeconds(5);
    private boolean quotas;
    private @Nullable Path dataFile;
    private @Nullable Duration tickEvery = Duration.ofMillis(200);

    private Builder() {}

    /**
     * The time that it lives in; the system's unless told otherwise. With a time of one's own
     * nothing ticks by itself unless {@link #tickEvery} follows.
     */
    public Builder clock(InstantSource newTime) {
      time = newTime;
      tickEvery = null;
      return this;
    }

    /** Lets due things happen by themselves, this often in real time. */
    public Builder tickEvery(Duration realTime) {
      tickEvery = realTime;
      return this;
    }

    /** The port to listen on; 0, which is the default, takes any free one. */
    public Builder port(int newPort) {
      if (newPort < 0 || newPort > 65_535) {
        throw new IllegalArgumentException(
            "A port is 1 to 65535, or 0 for any free one, but is " + newPort);
      }
      port = newPort;
      return this;
    }

    /** The address to listen on; the loopback address unless told otherwise. */
    public Builder address(InetAddress newAddress) {
      address = newAddress;
      return this;
    }

    /** The account of callers whose access key says nothing else, twelve digits. */
    public Builder account(String newAccount) {
      if (!newAccount.matches("\\d{12}")) {
        throw new IllegalArgumentException("An account is twelve digits, but is: " + newAccount);
      }
      account = newAccount;
      return this;
    }

    /** The region of functions that are named without an ARN in this Java API. */
    public Builder region(String newRegion) {
      region = newRegion;
      return this;
    }

    /** Makes chance repeatable: whose turn it is behind a weighted alias, ids. */
    public Builder seed(long newSeed) {
      seed = newSeed;
      return this;
    }

    /** How long Lambda takes to create and update. */
    public Builder lambdaTimes(LambdaTimes newTimes) {
      lambdaTimes = newTimes;
      return this;
    }

    /** How long after the end of a minute alarms are evaluated on it: below ten seconds. */
    public Builder alarmEvaluationDelay(Duration newDelay) {
      if (newDelay.isNegative() || newDelay.compareTo(Duration.ofSeconds(10)) >= 0) {
        throw new IllegalArgumentException(
            "The alarm evaluation delay must be at least 0 and below 10 s, but is " + newDelay);
      }
      alarmEvaluationDelay = newDelay;
      return this;
    }

    /** Whether calls above AWS' request quotas are throttled. */
    public Builder quotas(boolean enforced) {
      quotas = enforced;
      return this;
    }

    /**
     * Keeps state in a file: read at the start, written on {@link AwsSimulator#close} and every
     * half minute. Simulated time goes on from where it was, if the clock can be moved.
     */
    public Builder dataFile(Path newFile) {
      dataFile = newFile;
      return this;
    }

    /**
     * Starts it; it listens when this returns.
     *
     * @throws DataFileException when the data file cannot be used; the text says why
     */
    public AwsSimulator start() {
      AwsSimulator simulator = create();
      simulator.http.start();
      if (simulator.keeper != null) {
        simulator.keeper.start(KEEP_EVERY);
      }
      if (simulator.ticker != null) {
        simulator.ticker.start();
      }
      return simulator;
    }

    private AwsSimulator create() {
      if (dataFile == null) {
        return new AwsSimulator(this, null);
      }
      DataFile file = new DataFile(dataFile);
      try {
        return new AwsSimulator(this, file);
      } catch (RuntimeException e) {
        file.close();
        throw e;
      }
    }
  }
}
