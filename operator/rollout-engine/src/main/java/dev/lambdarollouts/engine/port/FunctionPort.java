package dev.lambdarollouts.engine.port;

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
import dev.lambdarollouts.engine.progress.SideSetting;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/**
 * Functions and their versions in the account and region of one stage. No call waits for AWS to
 * settle.
 */
public interface FunctionPort {

  /**
   * Reads {@code $LATEST} and its tags and holds them against what is wanted. Never throws for what
   * AWS answers.
   */
  FunctionFact read(FunctionDefinition wanted, Owner owner);

  /**
   * One mutation of {@code $LATEST}: create with the owner's tags, or update, fenced by the last
   * read's RevisionId.
   */
  AwsReply<FunctionFact> deploy(DeployStep step, FunctionDefinition wanted, Owner owner);

  /** Looks for the version whose Description carries the release, newest first. */
  VersionFact find(String functionName, ReleaseId release);

  /** Reads one version. */
  VersionFact version(String functionName, VersionNumber number);

  /**
   * Publishes {@code $LATEST}, fenced by CodeSha256 and RevisionId, the release as Description; a
   * CONFLICT where {@link #read} did not find it Ready for this very release. The version may be
   * one that was known before: AWS publishes nothing when nothing changed.
   */
  AwsReply<VersionFact.Published> publish(
      String functionName, ReleaseId release, String codeSha256);

  /**
   * All published versions, whole or not at all: which are marked as ours, which an alias of
   * anybody names, whose durable executions may run. None where the function is not the owner's.
   *
   * @param at this moment: since then nobody names what nobody names
   */
  AwsReply<List<ListedVersion>> versions(String functionName, Owner owner, Instant at);

  /** Deletes one published version; true too where it was gone already. */
  AwsReply<Boolean> delete(String functionName, VersionNumber version);

  /** Reads the function's tags. Never throws for what AWS answers. */
  Custody custody(String functionName, Owner owner);

  /**
   * Writes the owner's tags, where the function's tags, read again right before, name nobody; a
   * CONFLICT where they name somebody else. True too where it is the owner's already. AWS has no
   * fence for tags: {@link #custody} says whose they are then.
   */
  AwsReply<Boolean> claim(String functionName, Owner owner);

  /** Looks what reaches {@code $LATEST} besides this alias. Never throws for what AWS answers. */
  LatestTraffic latestTraffic(String functionName, String alias);

  /**
   * Publishes {@code $LATEST} as it is, fenced by CodeSha256 and RevisionId of a read right before.
   * The version may be one that was known before.
   */
  AwsReply<VersionNumber> publishLatest(String functionName);

  /**
   * Writes the owner's tags, where the function's tags, read again right before, name {@code from};
   * a CONFLICT where they name anybody else. True too where it is the owner's already.
   */
  AwsReply<Boolean> takeOver(String functionName, String from, Owner owner);

  /**
   * Deletes the function with its versions and aliases, where its tags, read again right before,
   * say that it is the owner's and that the operator created it; a CONFLICT where they do not. True
   * too where it was gone already.
   */
  AwsReply<Boolean> deleteFunction(String functionName, Owner owner);

  /** The version with the highest number, whoever published it. */
  VersionFact newest(String functionName);

  /**
   * Whose a function is that somebody else configures and publishes: Absent, OwnedByAnother,
   * Unclaimed, Claimed or Unknown.
   */
  FunctionFact ownership(String functionName, Owner owner);

  /**
   * How things beside the release stand against what is wanted; Unknown too where the function is
   * not the owner's.
   */
  SideFact beside(
      String functionName, Owner owner, SideSettings wanted, Collection<SideSetting> what);

  /** Sets one of them as it is wanted. */
  AwsReply<Boolean> set(String functionName, SideSettings wanted, SideSetting what);

  /** Puts one of them back to AWS' default; true too where it was there already. */
  AwsReply<Boolean> takeBack(String functionName, SideSetting what);

  /** Removes the owner's tags from the function: it is nobody's again. */
  AwsReply<Boolean> disown(String functionName, Owner owner);
}
