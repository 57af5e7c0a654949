package dev.lambdarollouts.controllers.model;

import dev.lambdarollouts.engine.fact.AwsFailure;
import dev.lambdarollouts.engine.fact.Custody;
import dev.lambdarollouts.engine.fact.FunctionFact;
import dev.lambdarollouts.engine.fact.FunctionFact.DeployStep;
import dev.lambdarollouts.engine.fact.LatestTraffic;
import dev.lambdarollouts.engine.fact.ListedVersion;
import dev.lambdarollouts.engine.fact.ReleaseId;
import dev.lambdarollouts.engine.fact.SideFact;
import dev.lambdarollouts.engine.fact.SideSettings;
import dev.lambdarollouts.engine.fact.VersionFact;
import dev.lambdarollouts.engine.fact.VersionNumber;
import dev.lambdarollouts.engine.port.AwsReply;
import dev.lambdarollouts.engine.port.FunctionDefinition;
import dev.lambdarollouts.engine.port.FunctionPort;
import dev.lambdarollouts.engine.port.Owner;
import dev.lambdarollouts.engine.progress.SideSetting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Functions and versions of one account and region. */
public final class ModelFunctions implements FunctionPort {
  /** How long a function or version is Pending or InProgress. */
  static final Duration SETTLES = Duration.ofSeconds(3);

  private final ModelAws aws;
  private final ModelSide side;
  private final Map<String, Function> functions = new TreeMap<>();
  private final Set<String> uploadedAnew = new HashSet<>();
  private List<String> entrances = List.of();

  /** One function: {@code $LATEST} and what was published of it. */
  private static final class Function {
    @Nullable Owner owner;
    FunctionDefinition latest;
    String codeOf;
    String sha;
    Instant settledAt;
    boolean changedSincePublish = true;
    boolean created = true;
    int published;
    final List<Version> versions = new ArrayList<>();

    Function(@Nullable Owner owner, FunctionDefinition latest, String codeOf, Instant settledAt) {
      this.owner = owner;
      this.latest = latest;
      this.codeOf = codeOf;
      this.sha = sha(codeOf);
      this.settledAt = settledAt;
    }

    /** Numbers are never used again. */
    VersionNumber nextNumber() {
      return new VersionNumber(String.valueOf(++published));
    }

    Function copy() {
      Function copy = new Function(owner, latest, codeOf, settledAt);
      copy.sha = sha;
      copy.changedSincePublish = changedSincePublish;
      copy.created = created;
      copy.published = published;
      copy.versions.addAll(versions);
      return copy;
    }
  }

  /** One version. */
  private record Version(
      VersionNumber number,
      @Nullable ReleaseId release,
      String codeSha256,
      String role,
      Instant activeAt) {}

  ModelFunctions(ModelAws aws) {
    this.aws = aws;
    this.side = new ModelSide(aws);
  }

  /** What is set beside the releases. */
  public ModelSide side() {
    return side;
  }

  @Override
  public SideFact beside(
      String functionName, Owner owner, SideSettings wanted, Collection<SideSetting> what) {
    return side.read(functionName, wanted, what);
  }

  @Override
  public AwsReply<Boolean> set(String functionName, SideSettings wanted, SideSetting what) {
    return side.set(functionName, wanted, what);
  }

  @Override
  public AwsReply<Boolean> takeBack(String functionName, SideSetting what) {
    return side.takeBack(functionName, what);
  }

  /** Numbers of the published versions, oldest first. */
  public List<String> versions(String functionName) {
    Function function = functions.get(functionName);
    return function == null
        ? List.of()
        : function.versions.stream().map(version -> version.number.value()).toList();
  }

  /** Releases of the published versions, oldest first; those published by hand left out. */
  public List<ReleaseId> releases(String functionName) {
    Function function = functions.get(functionName);
    return function == null
        ? List.of()
        : function.versions.stream().map(Version::release).filter(Objects::nonNull).toList();
  }

  /** Names of all functions. */
  public Set<String> names() {
    return Set.copyOf(functions.keySet());
  }

  void copy(ModelFunctions other) {
    entrances = other.entrances;
    uploadedAnew.addAll(other.uploadedAnew);
    other.functions.forEach((name, function) -> functions.put(name, function.copy()));
    side.copy(other.side);
  }

  /** Whose the function is; absent when nobody's. */
  public @Nullable Owner owner(String functionName) {
    Function function = functions.get(functionName);
    return function == null ? null : function.owner;
  }

  /** Somebody else publishes a version. */
  public void deployedByHand(String functionName) {
    Function function = Objects.requireNonNull(functions.get(functionName));
    function.versions.add(
        new Version(
            function.nextNumber(), null, "sha-by-hand", function.latest.role(), aws.truly()));
  }

  /** Somebody else writes {@code $LATEST}'s code and publishes nothing. */
  public void changedByHand(String functionName, String code) {
    Function function = Objects.requireNonNull(functions.get(functionName));
    function.codeOf = code;
    function.sha = sha(code);
    function.changedSincePublish = true;
  }

  /** Somebody else puts another object under a key; what is deployed from it is other code. */
  public void uploadedAnew(String key) {
    uploadedAnew.add(key);
  }

  private String shaFrom(String code) {
    return sha(uploadedAnew.stream().anyMatch(code::contains) ? code + " anew" : code);
  }

  /** Somebody else makes the function where it is not there, and publishes a version. */
  public void publishedElsewhere(String functionName) {
    Function function =
        functions.computeIfAbsent(
            functionName, name -> new Function(null, OthersFunction.named(name), "", aws.truly()));
    function.created = false;
    VersionNumber number = function.nextNumber();
    function.versions.add(
        new Version(number, null, "sha-elsewhere-" + number, "role", aws.truly()));
  }

  /** Somebody's tags. */
  public void tag(String functionName, Owner owner) {
    Objects.requireNonNull(functions.get(functionName)).owner = owner;
  }

  @Override
  public VersionFact newest(String functionName) {
    AwsFailure failure = aws.pass("ListVersionsByFunction", () -> {});
    Function function = functions.get(functionName);
    if (failure != null) {
      return new VersionFact.Unknown(failure);
    }
    return function == null || function.versions.isEmpty()
        ? new VersionFact.NotPublished()
        : fact(function.versions.getLast());
  }

  @Override
  public FunctionFact ownership(String functionName, Owner owner) {
    AwsFailure failure = aws.pass("GetFunction", () -> {});
    Function function = functions.get(functionName);
    if (failure != null) {
      return new FunctionFact.Unknown(failure);
    }
    if (function == null) {
      return new FunctionFact.Absent();
    }
    if (function.owner == null) {
      return new FunctionFact.Unclaimed();
    }
    return owner.equals(function.owner)
        ? new FunctionFact.Claimed()
        : new FunctionFact.OwnedByAnother(function.owner.toString());
  }

  @Override
  public AwsReply<Boolean> claim(String functionName, Owner owner) {
    Function function = Objects.requireNonNull(functions.get(functionName));
    boolean free = function.owner == null || owner.equals(function.owner);
    AwsFailure failure =
        aws.pass(
            "TagResource",
            () -> {
              if (free) {
                function.owner = owner;
              }
            });
    if (failure == null && !free) {
      return new AwsReply.Failed<>(
          new AwsFailure(AwsFailure.Kind.CONFLICT, "TagResource", "it is another's"));
    }
    return failure == null ? new AwsReply.Done<>(true) : new AwsReply.Failed<>(failure);
  }

  @Override
  public FunctionFact read(FunctionDefinition wanted, Owner owner) {
    AwsFailure failure = aws.pass("GetFunction", () -> {});
    return failure == null ? state(wanted, owner) : new FunctionFact.Unknown(failure);
  }

  private FunctionFact state(FunctionDefinition wanted, Owner owner) {
    Function function = functions.get(wanted.name());
    if (function == null) {
      return new FunctionFact.Absent();
    }
    if (function.owner == null) {
      return new FunctionFact.Unclaimed();
    }
    if (!owner.equals(function.owner)) {
      return new FunctionFact.OwnedByAnother(
          "function " + wanted.name() + " belongs to " + function.owner);
    }
    if (function.settledAt.isAfter(aws.truly())) {
      return new FunctionFact.Settling("InProgress");
    }
    if (!sameConfiguration(function.latest, wanted)) {
      return new FunctionFact.Behind(DeployStep.CONFIGURATION, function.created);
    }
    return function.codeOf.equals(code(wanted))
        ? new FunctionFact.Ready(function.sha)
        : new FunctionFact.Behind(DeployStep.CODE, function.created);
  }

  @Override
  public AwsReply<FunctionFact> deploy(DeployStep step, FunctionDefinition wanted, Owner owner) {
    String call =
        switch (step) {
          case CREATE -> "CreateFunction";
          case CONFIGURATION -> "UpdateFunctionConfiguration";
          case CODE -> "UpdateFunctionCode";
        };
    AwsFailure failure = aws.pass(call, () -> change(step, wanted, owner));
    return failure == null
        ? new AwsReply.Done<>(new FunctionFact.Settling("InProgress"))
        : new AwsReply.Failed<>(failure);
  }

  private void change(DeployStep step, FunctionDefinition wanted, Owner owner) {
    Instant settledAt = aws.truly().plus(SETTLES);
    if (step == DeployStep.CREATE) {
      Function made = new Function(owner, wanted, code(wanted), settledAt);
      made.sha = shaFrom(made.codeOf);
      functions.putIfAbsent(wanted.name(), made);
      return;
    }
    Function function = Objects.requireNonNull(functions.get(wanted.name()));
    if (step == DeployStep.CODE) {
      function.codeOf = code(wanted);
      function.sha = shaFrom(function.codeOf);
    } else {
      function.latest = wanted;
    }
    function.settledAt = settledAt;
    function.changedSincePublish = true;
  }

  @Override
  public VersionFact find(String functionName, ReleaseId release) {
    AwsFailure failure = aws.pass("ListVersionsByFunction", () -> {});
    if (failure != null) {
      return new VersionFact.Unknown(failure);
    }
    Function function = functions.get(functionName);
    return function == null
        ? new VersionFact.NotPublished()
        : function.versions.reversed().stream()
            .filter(version -> release.equals(version.release))
            .<VersionFact>map(this::fact)
            .findFirst()
            .orElse(new VersionFact.NotPublished());
  }

  @Override
  public VersionFact version(String functionName, VersionNumber number) {
    AwsFailure failure = aws.pass("GetFunctionConfiguration", () -> {});
    if (failure != null) {
      return new VersionFact.Unknown(failure);
    }
    Function function = functions.get(functionName);
    return function == null
        ? new VersionFact.NotPublished()
        : function.versions.stream()
            .filter(version -> version.number.equals(number))
            .<VersionFact>map(this::fact)
            .findFirst()
            .orElse(new VersionFact.NotPublished());
  }

  @Override
  public AwsReply<VersionFact.Published> publish(
      String functionName, ReleaseId release, String codeSha256) {
    Function latest = functions.get(functionName);
    boolean other = latest != null && !latest.sha.equals(codeSha256);
    AwsFailure failure =
        aws.pass(
            "PublishVersion",
            () -> {
              if (!other) {
                publish(functionName, release);
              }
            });
    if (failure == null && other) {
      return new AwsReply.Failed<>(
          new AwsFailure(
              AwsFailure.Kind.CONFLICT, "PublishVersion", "CodeSha256 is another one's"));
    }
    return failure == null
        ? new AwsReply.Done<>(
            fact(Objects.requireNonNull(functions.get(functionName)).versions.getLast()))
        : new AwsReply.Failed<>(failure);
  }

  private void publish(String functionName, @Nullable ReleaseId release) {
    Function function = Objects.requireNonNull(functions.get(functionName));
    if (!function.changedSincePublish) {
      return;
    }
    function.versions.add(
        new Version(
            function.nextNumber(),
            release,
            function.sha,
            function.latest.role(),
            aws.truly().plus(SETTLES)));
    function.changedSincePublish = false;
  }

  @Override
  public AwsReply<List<ListedVersion>> versions(String functionName, Owner owner, Instant at) {
    AwsFailure failure = aws.pass("ListAliases", () -> {});
    if (failure != null) {
      return new AwsReply.Failed<>(failure);
    }
    Function function = functions.get(functionName);
    if (function == null || !owner.equals(function.owner)) {
      return new AwsReply.Done<>(List.of());
    }
    return new AwsReply.Done<>(
        function.versions.stream()
            .map(
                version ->
                    new ListedVersion(
                        version.number,
                        version.release != null,
                        false,
                        aws.aliases().names(functionName, version.number) ? null : at))
            .toList());
  }

  @Override
  public AwsReply<Boolean> delete(String functionName, VersionNumber version) {
    Function function = Objects.requireNonNull(functions.get(functionName));
    boolean named = aws.aliases().names(functionName, version);
    AwsFailure failure =
        aws.pass(
            "DeleteFunction",
            () -> {
              if (!named) {
                function.versions.removeIf(one -> one.number.equals(version));
              }
            });
    if (failure == null && named) {
      return new AwsReply.Failed<>(
          new AwsFailure(
              AwsFailure.Kind.CONFLICT,
              "DeleteFunction",
              "an alias references version " + version));
    }
    return failure == null ? new AwsReply.Done<>(true) : new AwsReply.Failed<>(failure);
  }

  /** Somebody else made the function, and it was given to its owner later. */
  public void madeByHand(String functionName) {
    Objects.requireNonNull(functions.get(functionName)).created = false;
  }

  @Override
  public Custody custody(String functionName, Owner owner) {
    AwsFailure failure = aws.pass("GetFunction", () -> {});
    if (failure != null) {
      return new Custody.Unknown(failure);
    }
    Function function = functions.get(functionName);
    if (function == null) {
      return new Custody.Absent();
    }
    if (function.owner == null) {
      return new Custody.Nobodys();
    }
    return owner.equals(function.owner)
        ? new Custody.Ours(function.created)
        : new Custody.Another(function.owner.toString());
  }

  /** Another installation, or a rollout of before, has it. */
  public void ownedBy(String functionName, @Nullable Owner other) {
    Objects.requireNonNull(functions.get(functionName)).owner = other;
  }

  /** Somebody points these at {@code $LATEST}. */
  public void entrances(String... found) {
    entrances = List.of(found);
  }

  @Override
  public LatestTraffic latestTraffic(String functionName, String alias) {
    AwsFailure failure = aws.pass("ListEventSourceMappings", () -> {});
    return failure == null
        ? new LatestTraffic.Seen(entrances, false, null)
        : new LatestTraffic.Unknown(failure);
  }

  @Override
  public AwsReply<VersionNumber> publishLatest(String functionName) {
    AwsFailure failure = aws.pass("PublishVersion", () -> publish(functionName, null));
    return failure == null
        ? new AwsReply.Done<>(
            Objects.requireNonNull(functions.get(functionName)).versions.getLast().number)
        : new AwsReply.Failed<>(failure);
  }

  @Override
  public AwsReply<Boolean> takeOver(String functionName, String from, Owner owner) {
    AwsFailure failure =
        aws.pass(
            "TagResource",
            () -> {
              Function function = functions.get(functionName);
              if (function != null && from.equals(String.valueOf(function.owner))) {
                function.owner = owner;
              }
            });
    return failure == null ? new AwsReply.Done<>(true) : new AwsReply.Failed<>(failure);
  }

  @Override
  public AwsReply<Boolean> deleteFunction(String functionName, Owner owner) {
    AwsFailure failure =
        aws.pass(
            "DeleteFunction",
            () -> {
              Function function = functions.get(functionName);
              if (function != null && owner.equals(function.owner) && function.created) {
                functions.remove(functionName);
                aws.aliases().functionGone(functionName);
              }
            });
    return failure == null ? new AwsReply.Done<>(true) : new AwsReply.Failed<>(failure);
  }

  @Override
  public AwsReply<Boolean> disown(String functionName, Owner owner) {
    AwsFailure failure =
        aws.pass(
            "UntagResource",
            () -> {
              Function function = functions.get(functionName);
              if (function != null && owner.equals(function.owner)) {
                function.owner = null;
              }
            });
    return failure == null ? new AwsReply.Done<>(true) : new AwsReply.Failed<>(failure);
  }

  private VersionFact.Published fact(Version version) {
    return new VersionFact.Published(
        version.number,
        version.activeAt.isAfter(aws.truly())
            ? VersionFact.State.PENDING
            : VersionFact.State.ACTIVE,
        version.codeSha256,
        version.role,
        null,
        null);
  }

  private static boolean sameConfiguration(FunctionDefinition one, FunctionDefinition other) {
    return Objects.equals(one.memorySize(), other.memorySize())
        && one.environment().equals(other.environment())
        && one.role().equals(other.role());
  }

  private static String code(FunctionDefinition definition) {
    return String.valueOf(definition.code());
  }

  private static String sha(String code) {
    return "sha-" + Integer.toHexString(code.hashCode());
  }
}
