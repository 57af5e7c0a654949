package dev.lambdarollouts.simulator.lambda.function;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A function with everything that belongs to it. Guarded by the timeline's lock. */
public final class LambdaFunction {
  private final String arn;
  private final FunctionVersion latest;
  private final NavigableMap<Integer, FunctionVersion> versions = new TreeMap<>();
  private final NavigableMap<String, Alias> aliases = new TreeMap<>();
  private final Map<String, Alias> routing = new HashMap<>();
  private final Map<String, String> tags = new TreeMap<>();
  private final Map<String, ResourcePolicy> policies = new LinkedHashMap<>();
  private final NavigableMap<String, ProvisionedConcurrency> provisioned = new TreeMap<>();
  private final NavigableMap<String, FunctionUrl> urls = new TreeMap<>();
  private final NavigableMap<String, EventInvokeConfig> eventInvokes = new TreeMap<>();
  private final List<DurableExecution> durableExecutions = new ArrayList<>();
  private @Nullable Integer reservedConcurrency;

  public LambdaFunction(String arn, FunctionVersion latest) {
    this.arn = arn;
    this.latest = latest;
  }

  public String arn() {
    return arn;
  }

  public FunctionVersion latest() {
    return latest;
  }

  public NavigableMap<Integer, FunctionVersion> versions() {
    return versions;
  }

  public NavigableMap<String, Alias> aliases() {
    return aliases;
  }

  /** The alias as invocations see it, which may be a while behind what the API shows. */
  public Alias routing(String name, Alias current) {
    return routing.getOrDefault(name, current);
  }

  public void routeBy(Alias alias) {
    if (alias.equals(aliases.get(alias.name()))) {
      routing.remove(alias.name());
    } else {
      routing.put(alias.name(), alias);
    }
  }

  /** Provisioned concurrency by qualifier: a version's number or an alias' name. */
  public NavigableMap<String, ProvisionedConcurrency> provisioned() {
    return provisioned;
  }

  /** URLs by alias; the function's own under the empty string. */
  public NavigableMap<String, FunctionUrl> urls() {
    return urls;
  }

  /** Settings of asynchronous invocations by qualifier, the function's own under $LATEST. */
  public NavigableMap<String, EventInvokeConfig> eventInvokes() {
    return eventInvokes;
  }

  /** In the order in which they began, those that have ended too. */
  public List<DurableExecution> durableExecutions() {
    return durableExecutions;
  }

  /** All executions that were provisioned, whether they are allocated or not. */
  public int provisionedConcurrency() {
    return provisioned.values().stream().mapToInt(ProvisionedConcurrency::requested).sum();
  }

  /** Refuses provisioned concurrency of an alias that leads where none can be. */
  public void requireProvisionable(Alias alias) {
    if (alias.functionVersion().equals(FunctionReference.LATEST)) {
      throw LambdaErrors.invalid(
          "Provisioned Concurrency Configs cannot be applied to unpublished function versions.");
    }
    if (provisioned.containsKey(alias.functionVersion())) {
      throw LambdaErrors.conflict(
          "Alias can't be used for Provisioned Concurrency configuration on an already Provisioned"
              + " version");
    }
  }

  /** How many environments of a version are allocated, by its own configuration or an alias'. */
  public int allocatedOn(String version) {
    return provisioned.values().stream().mapToInt(config -> config.allocatedOn(version)).sum();
  }

  public Map<String, String> tags() {
    return tags;
  }

  /** Policies by qualifier; the function's own under the empty string. */
  public Map<String, ResourcePolicy> policies() {
    return policies;
  }

  public @Nullable Integer reservedConcurrency() {
    return reservedConcurrency;
  }

  public void reserveConcurrency(@Nullable Integer executions) {
    reservedConcurrency = executions;
  }

  public @Nullable FunctionVersion lastPublished() {
    return versions.isEmpty() ? null : versions.lastEntry().getValue();
  }

  /** $LATEST or the version of that number, if it is there. */
  public @Nullable FunctionVersion version(String version) {
    if (version.equals(FunctionReference.LATEST)) {
      return latest;
    }
    return version.length() > 9 ? null : versions.get(Integer.parseInt(version));
  }

  /** The function is deleted: the execution environments of all its versions end. */
  public void retire() {
    latest.retire();
    versions.values().forEach(FunctionVersion::retire);
  }

  /** What a qualifier leads to: $LATEST, a version, or an alias' main version. */
  public @Nullable FunctionVersion qualified(@Nullable String qualifier) {
    if (qualifier == null || qualifier.equals(FunctionReference.LATEST)) {
      return latest;
    }
    if (FunctionReference.isVersionNumber(qualifier)) {
      return version(qualifier);
    }
    Alias alias = aliases.get(qualifier);
    return alias == null ? null : version(alias.functionVersion());
  }

  /** Names of the aliases that send traffic to a version, in their main part or by weight. */
  public List<String> aliasesOf(String version) {
    List<String> names = new ArrayList<>();
    for (Alias alias : aliases.values()) {
      if (alias.versions().contains(version)) {
        names.add(alias.name());
      }
    }
    return names;
  }
}
