package dev.lambdarollouts.simulator.protocol;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The checks that AWS makes of a request against its service model before the operation sees it,
 * with AWS' wording. All failures of one request are told together.
 */
public final class Constraints {
  private final List<String> failures = new ArrayList<>();

  /** How AWS names a member in such texts: {@code FunctionName} as {@code functionName}. */
  public static String wireName(String member) {
    return Character.toLowerCase(member.charAt(0)) + member.substring(1);
  }

  public Constraints required(@Nullable Object value, String member) {
    if (value == null) {
      failures.add(
          "Value null at '" + member + "' failed to satisfy constraint: Member must not be null");
    }
    return this;
  }

  public Constraints pattern(@Nullable String value, String member, Pattern pattern, String shown) {
    if (value != null && !pattern.matcher(value).matches()) {
      fail(value, member, "Member must satisfy regular expression pattern: " + shown);
    }
    return this;
  }

  public Constraints pattern(@Nullable String value, String member, Pattern pattern) {
    return pattern(value, member, pattern, pattern.pattern());
  }

  public Constraints length(@Nullable String value, String member, int min, int max) {
    if (value != null && value.length() > max) {
      fail(value, member, "Member must have length less than or equal to " + max);
    }
    if (value != null && value.length() < min) {
      fail(value, member, "Member must have length greater than or equal to " + min);
    }
    return this;
  }

  public Constraints range(@Nullable Integer value, String member, int min, int max) {
    if (value != null && value > max) {
      fail(value, member, "Member must have value less than or equal to " + max);
    }
    if (value != null && value < min) {
      fail(value, member, "Member must have value greater than or equal to " + min);
    }
    return this;
  }

  public Constraints oneOf(@Nullable String value, String member, Collection<String> allowed) {
    if (value != null && !allowed.contains(value)) {
      fail(value, member, "Member must satisfy enum value set: " + allowed);
    }
    return this;
  }

  public Constraints size(Collection<?> value, String member, int max) {
    if (value.size() > max) {
      fail(value, member, "Member must have length less than or equal to " + max);
    }
    return this;
  }

  /** A constraint of another kind, in AWS' words. */
  public Constraints fail(Object value, String member, String constraint) {
    failures.add(
        "Value '" + value + "' at '" + member + "' failed to satisfy constraint: " + constraint);
    return this;
  }

  /** A constraint on a value that no text may show. */
  Constraints failSecret(String member, String constraint) {
    failures.add("Value at '" + member + "' failed to satisfy constraint: " + constraint);
    return this;
  }

  /** Throws what was found, all together. */
  public void check() {
    if (failures.isEmpty()) {
      return;
    }
    throw AwsError.validation(
        failures.size()
            + (failures.size() == 1 ? " validation error" : " validation errors")
            + " detected: "
            + String.join("; ", failures));
  }
}
