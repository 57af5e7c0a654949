package dev.lambdarollouts.engine.progress;

import dev.lambdarollouts.engine.fact.VersionNumber;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is set beside the release: it publishes nothing.
 *
 * @param version that it is set on; absent where it is the function's
 */
public record SideSetting(Kind kind, @Nullable VersionNumber version)
    implements Comparable<SideSetting> {

  /** What there is, by the API's field. */
  public enum Kind {
    /** Of the function. */
    RESERVED_CONCURRENCY("reservedConcurrency"),
    /** Of a version: AWS keeps it for each. */
    RUNTIME_MANAGEMENT("runtimeManagementConfig"),
    /** Of a version, never of the alias. */
    PROVISIONED_CONCURRENCY("provisionedConcurrency");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    /** The field. */
    @Override
    public String toString() {
      return text;
    }
  }

  /** Provisioned concurrency of a version. */
  public static SideSetting provisioned(VersionNumber version) {
    return new SideSetting(Kind.PROVISIONED_CONCURRENCY, version);
  }

  @Override
  public int compareTo(SideSetting other) {
    return toString().compareTo(other.toString());
  }

  /** {@code reservedConcurrency}, {@code provisionedConcurrency@7}. */
  @Override
  public String toString() {
    return version == null ? kind.toString() : kind + "@" + version;
  }
}
