package dev.lambdarollouts.aws;

import dev.lambdarollouts.engine.fact.ReleaseId;
import dev.lambdarollouts.engine.port.FunctionDefinition.Code;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of functions between calls, of the last few thousand of them. Nothing in it is
 * needed: what is forgotten is read, or sent, once more.
 */
final class FunctionMemory {
  private static final int FUNCTIONS = 4_000;

  private final RecentlyUsed<String, Settled> settled = new RecentlyUsed<>(FUNCTIONS);
  private final RecentlyUsed<Readiness, String> ready = new RecentlyUsed<>(FUNCTIONS);
  private final RecentlyUsed<String, SentObject> sent = new RecentlyUsed<>(FUNCTIONS);

  /**
   * {@code $LATEST} as last read, at rest.
   *
   * @param revisionId fences the next change
   * @param differing what of its configuration is not as wanted
   * @param lastFailure why AWS' last work on it failed, absent when it did not
   */
  record Settled(
      String revisionId, Set<ConfigurationMember> differing, @Nullable String lastFailure) {}

  private record Readiness(String functionName, ReleaseId release) {}

  private record SentObject(Code.S3 object, String codeSha256) {}

  @Nullable Settled settled(String functionName) {
    return settled.get(functionName);
  }

  void settled(String functionName, Settled reading) {
    settled.put(functionName, reading);
  }

  /** What was read holds no longer: {@code $LATEST} was, or may have been, changed. */
  void unsettle(String functionName) {
    settled.forget(functionName);
  }

  /** {@code $LATEST} was read to be exactly what the release says. */
  void ready(String functionName, ReleaseId release, String revisionId) {
    ready.put(new Readiness(functionName, release), revisionId);
  }

  /**
   * The RevisionId at which {@code $LATEST} was last what the release says; AWS refuses it where it
   * is not any more.
   */
  @Nullable String ready(String functionName, ReleaseId release) {
    return ready.get(new Readiness(functionName, release));
  }

  /** AWS took this object as the function's code. */
  void sent(String functionName, Code.S3 object, String codeSha256) {
    sent.put(functionName, new SentObject(object, codeSha256));
  }

  /** Whether the function's present code is known to come from this object. */
  boolean cameFrom(String functionName, Code.S3 object, @Nullable String codeSha256) {
    SentObject last = sent.get(functionName);
    return last != null && last.object().equals(object) && last.codeSha256().equals(codeSha256);
  }
}
