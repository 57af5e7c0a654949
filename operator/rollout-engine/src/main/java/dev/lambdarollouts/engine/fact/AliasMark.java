package dev.lambdarollouts.engine.fact;

import org.jspecify.annotations.Nullable;

/**
 * What the alias' Description says of the rollout, so that status is only a cache of it: {@code lr1
 * o=<owner> s=7:1-0aa3f0c1e2 c=8:1-5f1c9a0b7d x=8:1-5f1c9a0b7d}.
 *
 * @param owner the owner's hash
 * @param stable the promoted version; its release is absent when it was never promoted ({@code
 *     s=7:-})
 * @param candidate what is being rolled out
 * @param rejected the newest rejected one
 */
public record AliasMark(
    String owner, @Nullable Marked stable, @Nullable Marked candidate, @Nullable Marked rejected) {

  private static final String FORMAT = "lr1";

  /** A version and the release it was published for. */
  public record Marked(VersionNumber version, @Nullable ReleaseId release) {}

  /** Reads a Description; absent when it is not one of ours. */
  public static @Nullable AliasMark parse(@Nullable String description) {
    if (description == null || !description.startsWith(FORMAT + " ")) {
      return null;
    }
    String owner = null;
    Marked stable = null;
    Marked candidate = null;
    Marked rejected = null;
    for (String word : description.substring(FORMAT.length() + 1).split(" ", -1)) {
      int equals = word.indexOf('=');
      String value = word.substring(equals + 1);
      switch (equals < 0 ? "" : word.substring(0, equals)) {
        case "o" -> owner = value;
        case "s" -> stable = marked(value);
        case "c" -> candidate = marked(value);
        case "x" -> rejected = marked(value);
        default -> {
          // A word of a later format: what is known still holds.
        }
      }
    }
    return owner == null ? null : new AliasMark(owner, stable, candidate, rejected);
  }

  private static @Nullable Marked marked(String text) {
    int colon = text.indexOf(':');
    if (colon <= 0) {
      return null;
    }
    String release = text.substring(colon + 1);
    return new Marked(
        new VersionNumber(text.substring(0, colon)),
        release.equals("-") ? null : new ReleaseId(release));
  }

  /** The Description to write; at most 256 characters by construction (AWS' limit). */
  public String description() {
    StringBuilder text = new StringBuilder(FORMAT).append(" o=").append(owner);
    append(text, " s=", stable);
    append(text, " c=", candidate);
    append(text, " x=", rejected);
    return text.toString();
  }

  private static void append(StringBuilder text, String key, @Nullable Marked marked) {
    if (marked != null) {
      text.append(key).append(marked.version()).append(':');
      text.append(marked.release() == null ? "-" : marked.release().value());
    }
  }
}
