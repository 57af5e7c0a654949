package dev.lambdarollouts.simulator.sts;

import dev.lambdarollouts.simulator.protocol.AwsError;
import dev.lambdarollouts.simulator.protocol.Constraints;
import dev.lambdarollouts.simulator.protocol.Input;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The tags that a session is asked to have, as STS checks them. */
final class SessionTags {
  private static final int MOST = 50;
  private static final Pattern TEXT = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*");

  /**
   * AWS packs policies and tags into a form that it does not tell; this is the size of a policy.
   */
  private static final int MOST_PACKED = 2048;

  private SessionTags() {}

  static Map<String, String> of(Input input) {
    List<Input> given = input.objects("Tags");
    Constraints constraints = new Constraints().size(given, "tags", MOST);
    Map<String, String> tags = new TreeMap<>();
    Set<String> names = new HashSet<>();
    boolean twice = false;
    for (int i = 0; i < given.size(); i++) {
      String at = "tags." + (i + 1) + ".member.";
      String key = given.get(i).text("Key");
      String value = given.get(i).text("Value", "");
      constraints
          .required(key, at + "key")
          .length(key, at + "key", 1, 128)
          .pattern(key, at + "key", TEXT)
          .length(value, at + "value", 0, 256)
          .pattern(value, at + "value", TEXT);
      twice |= !names.add(String.valueOf(key).toLowerCase(Locale.ROOT));
      tags.put(String.valueOf(key), value);
    }
    constraints.check();
    if (twice) {
      throw new AwsError(
          "InvalidParameterValue",
          400,
          "Duplicate tag keys found. Please note that Tag keys are case insensitive.");
    }
    for (String transitive : input.texts("TransitiveTagKeys")) {
      if (!names.contains(transitive.toLowerCase(Locale.ROOT))) {
        throw new AwsError(
            "InvalidParameterValue",
            400,
            "The specified transitive tag key must be included in the requested tags.");
      }
    }
    return tags;
  }

  /** About how much of what is allowed the session's policy and tags take; 0 without them. */
  static int packedPercent(Input input) {
    int bytes = bytes(input.text("Policy", ""));
    for (Input tag : input.objects("Tags")) {
      bytes += bytes(tag.text("Key", "")) + bytes(tag.text("Value", ""));
    }
    for (Input policy : input.objects("PolicyArns")) {
      bytes += bytes(policy.text("arn", ""));
    }
    return Math.ceilDiv(bytes * 100, MOST_PACKED);
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
