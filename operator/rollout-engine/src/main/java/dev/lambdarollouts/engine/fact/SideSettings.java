package dev.lambdarollouts.engine.fact;

import dev.lambdarollouts.engine.progress.SideSetting;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What is asked for beside the release. Absent members are left as they are, or taken back where
 * this operator had set them.
 *
 * @param reservedConcurrency of the function
 * @param runtimeManagement of the version that serves
 * @param provisionedConcurrency of the version that serves, and of a candidate before it does
 */
public record SideSettings(
    @Nullable Integer reservedConcurrency,
    @Nullable RuntimeManagement runtimeManagement,
    @Nullable Integer provisionedConcurrency) {
  /** Nothing is asked for. */
  public static final SideSettings NONE = new SideSettings(null, null, null);

  private static final int HEX_DIGITS = 10;

  /** As the Lambda API has it. */
  public record RuntimeManagement(String updateRuntimeOn, @Nullable String runtimeVersionArn) {}

  /** What is to be set while this version serves. */
  public SortedSet<SideSetting> settings(VersionNumber serving) {
    SortedSet<SideSetting> settings = new TreeSet<>();
    if (reservedConcurrency != null) {
      settings.add(new SideSetting(SideSetting.Kind.RESERVED_CONCURRENCY, null));
    }
    if (runtimeManagement != null) {
      settings.add(new SideSetting(SideSetting.Kind.RUNTIME_MANAGEMENT, serving));
    }
    if (provisionedConcurrency != null) {
      settings.add(SideSetting.provisioned(serving));
    }
    return settings;
  }

  /** Names these values; nothing of them is secret. Absent when nothing is asked for. */
  public @Nullable String hash() {
    if (equals(NONE)) {
      return null;
    }
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      toString()
          .chars()
          .forEach(
              one -> {
                sha256.update((byte) (one >> Byte.SIZE));
                sha256.update((byte) one);
              });
      return HexFormat.of().formatHex(sha256.digest()).substring(0, HEX_DIGITS);
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  /** Held by a golden test: another text applies everything once more. */
  @Override
  public String toString() {
    return "reservedConcurrency="
        + reservedConcurrency
        + ";runtimeManagementConfig="
        + (runtimeManagement == null
            ? null
            : runtimeManagement.updateRuntimeOn() + "," + runtimeManagement.runtimeVersionArn())
        + ";provisionedConcurrency="
        + provisionedConcurrency;
  }
}
