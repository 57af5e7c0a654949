package dev.lambdarollouts.controllers.model;

import dev.lambdarollouts.engine.fact.AliasFact;
import dev.lambdarollouts.engine.fact.AliasMark;
import dev.lambdarollouts.engine.fact.AliasTarget;
import dev.lambdarollouts.engine.fact.AwsFailure;
import dev.lambdarollouts.engine.fact.VersionNumber;
import dev.lambdarollouts.engine.port.AliasPort;
import dev.lambdarollouts.engine.port.AwsReply;
import dev.lambdarollouts.engine.port.Urgency;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Aliases of one account and region, with their RevisionIds and all that they ever were. */
public final class ModelAliases implements AliasPort {
  private final ModelAws aws;
  private final Map<String, Alias> aliases = new TreeMap<>();
  private final List<String> moves = new ArrayList<>();
  private AliasWitness witness = AliasWitness.NONE;
  private final List<Urgency> urgencies = new ArrayList<>();
  private long revisions;

  private record Alias(AliasTarget target, @Nullable AliasMark mark, String revisionId) {}

  ModelAliases(ModelAws aws) {
    this.aws = aws;
  }

  /** Who is told what the operator asks of aliases, and what it is told. */
  public void witness(AliasWitness told) {
    witness = told;
  }

  void copy(ModelAliases other) {
    aliases.putAll(other.aliases);
    moves.addAll(other.moves);
    revisions = other.revisions;
  }

  /** Somebody else writes the alias and moves no traffic: it has another RevisionId. */
  public void touch(String functionName, String alias) {
    String key = functionName + ":" + alias;
    Alias now = java.util.Objects.requireNonNull(aliases.get(key));
    put(key, now.target, now.mark);
  }

  /** The RevisionIds that stand now. */
  public List<String> revisions() {
    return aliases.values().stream().map(Alias::revisionId).toList();
  }

  /** Somebody else made the alias: its Description is not ours. */
  public void madeByHand(String functionName, String alias, AliasTarget target) {
    put(functionName + ":" + alias, target, null);
  }

  /** Somebody else writes its Description. */
  public void marked(String functionName, String alias, AliasMark mark) {
    String key = functionName + ":" + alias;
    put(key, java.util.Objects.requireNonNull(aliases.get(key)).target, mark);
  }

  /** They go with their function. */
  void functionGone(String functionName) {
    aliases.keySet().removeIf(key -> key.startsWith(functionName + ":"));
  }

  /** Whether an alias of this function names the version. */
  boolean names(String functionName, VersionNumber version) {
    return aliases.entrySet().stream()
        .filter(alias -> alias.getKey().startsWith(functionName + ":"))
        .map(alias -> alias.getValue().target())
        .anyMatch(
            target ->
                target.primary().equals(version)
                    || (target.additional() != null
                        && target.additional().version().equals(version)));
  }

  /** Names of all aliases: {@code function:alias}. */
  public List<String> names() {
    return List.copyOf(aliases.keySet());
  }

  /** Where an alias of this name sends traffic; absent when there is none. */
  public @Nullable AliasTarget target(String name) {
    Alias found = aliases.get(name);
    return found == null ? null : found.target;
  }

  /** Where the alias sends traffic; absent when there is none. */
  public @Nullable AliasTarget target(String functionName, String alias) {
    Alias found = aliases.get(functionName + ":" + alias);
    return found == null ? null : found.target;
  }

  /** Its Description; empty when there is none. */
  public String description(String functionName, String alias) {
    Alias found = aliases.get(functionName + ":" + alias);
    return found == null || found.mark == null ? "" : found.mark.description();
  }

  /** Every target that any alias ever had, in order, those that said nothing new left out. */
  public List<String> moves() {
    return List.copyOf(moves);
  }

  /** How urgent each change was said to be. */
  public List<Urgency> urgencies() {
    return List.copyOf(urgencies);
  }

  /** Somebody else moves it. */
  public void move(String functionName, String alias, AliasTarget target) {
    String key = functionName + ":" + alias;
    Alias before = aliases.get(key);
    put(key, target, before == null ? null : before.mark);
  }

  @Override
  public AliasFact read(String functionName, String alias, Urgency urgency) {
    AwsFailure failure = aws.pass("GetAlias", urgency, () -> {});
    if (failure != null) {
      return new AliasFact.Unknown(failure);
    }
    Alias found = aliases.get(functionName + ":" + alias);
    return found == null ? new AliasFact.Missing(aws.now()) : present(found, AliasFact.Source.READ);
  }

  @Override
  public AwsReply<AliasFact.Present> create(
      String functionName, String alias, AliasTarget target, AliasMark mark) {
    String key = functionName + ":" + alias;
    return answer(
        "CreateAlias",
        key,
        target,
        mark,
        null,
        Urgency.SHIFT,
        () -> aliases.containsKey(key) ? conflict("CreateAlias", "alias exists") : null);
  }

  @Override
  public AwsReply<AliasFact.Present> update(
      String functionName,
      String alias,
      AliasTarget target,
      AliasMark mark,
      String revisionId,
      Urgency urgency) {
    urgencies.add(urgency);
    String key = functionName + ":" + alias;
    return answer(
        "UpdateAlias",
        key,
        target,
        mark,
        revisionId,
        urgency,
        () -> {
          Alias found = aliases.get(key);
          if (found == null) {
            return new AwsFailure(AwsFailure.Kind.NOT_FOUND, "UpdateAlias", "no such alias");
          }
          return found.revisionId.equals(revisionId)
              ? null
              : conflict("UpdateAlias", "the RevisionId is not the alias' latest");
        });
  }

  /** A refusal when the alias is there already exactly as asked for is a reply that got lost. */
  private AwsReply<AliasFact.Present> answer(
      String call,
      String key,
      AliasTarget target,
      AliasMark mark,
      @Nullable String revisionId,
      Urgency urgency,
      java.util.function.Supplier<@Nullable AwsFailure> check) {
    @Nullable AwsFailure[] refusal = new AwsFailure[1];
    AwsFailure failure =
        aws.pass(
            call,
            urgency,
            () -> {
              refusal[0] = check.get();
              Alias before = aliases.get(key);
              witness.asked(
                  key,
                  before == null ? null : before.target,
                  target,
                  revisionId,
                  refusal[0] == null);
              if (refusal[0] == null) {
                put(key, target, mark);
              }
            });
    if (failure != null) {
      return new AwsReply.Failed<>(failure);
    }
    Alias now = aliases.get(key);
    if (refusal[0] != null
        && (now == null || !now.target.equals(target) || !mark.equals(now.mark))) {
      return new AwsReply.Failed<>(refusal[0]);
    }
    return now == null
        ? new AwsReply.Failed<>(conflict(call, "it vanished"))
        : new AwsReply.Done<>(present(now, AliasFact.Source.REPLY));
  }

  private void put(String key, AliasTarget target, @Nullable AliasMark mark) {
    Alias before = aliases.put(key, new Alias(target, mark, "revision-" + ++revisions));
    if (before == null || !before.target.equals(target)) {
      moves.add(key + " on " + target);
    }
  }

  private AliasFact.Present present(Alias alias, AliasFact.Source source) {
    witness.told(alias.revisionId);
    return new AliasFact.Present(alias.target, alias.revisionId, alias.mark, aws.now(), source);
  }

  private static AwsFailure conflict(String call, String message) {
    return new AwsFailure(AwsFailure.Kind.CONFLICT, call, message);
  }
}
