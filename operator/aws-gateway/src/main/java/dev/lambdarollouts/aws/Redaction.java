package dev.lambdarollouts.aws;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Takes secrets out of AWS' words, which repeat parts of a request: values of the environment,
 * query strings of presigned URLs, credentials.
 */
final class Redaction {
  static final int LONGEST = 512;
  private static final String HIDDEN = "***";

  /** Shorter values ("1", "on") are in every text by chance and hide nothing. */
  private static final int SHORTEST_SECRET = 4;

  /** {@code ... exceeded the 4KB limit. String measured: {"KEY":"value"}}. */
  private static final Pattern MEASURED =
      Pattern.compile("(String measured:).*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  /** {@code Value '{KEY=value}' at 'environment.variables' failed to satisfy constraint}. */
  private static final Pattern ENVIRONMENT_VALUE =
      Pattern.compile("Value '.*?' at '(environment[^']*)'", Pattern.DOTALL);

  private static final Pattern QUERY = Pattern.compile("(https?://[^\\s?\"'<>]+)\\?[^\\s\"'<>]*");
  private static final Pattern ACCESS_KEY = Pattern.compile("\\b(?:AKIA|ASIA)[A-Z0-9]{12,}\\b");
  private static final Pattern ENCODED_MESSAGE =
      Pattern.compile("(?i)\\s*(?:with )?encoded authorization failure message:.*", Pattern.DOTALL);

  /** What the SDK adds to words: {@code (SDK Attempt Count: 3)}, {@code (Service: Lambda, ...)}. */
  private static final Pattern SDK_WORDS =
      Pattern.compile("\\s*\\((?:SDK Attempt Count:|Service: )[^)]*\\)");

  private static final Pattern BLANKS = Pattern.compile("\\s+");

  private Redaction() {}

  /** The text on one line, without secrets, at most {@link #LONGEST} characters. */
  static String redact(String text, Collection<String> secrets) {
    String clean = MEASURED.matcher(text).replaceAll("$1 " + HIDDEN);
    clean = ENVIRONMENT_VALUE.matcher(clean).replaceAll("Value '" + HIDDEN + "' at '$1'");
    clean = QUERY.matcher(clean).replaceAll("$1?" + HIDDEN);
    clean = ACCESS_KEY.matcher(clean).replaceAll(HIDDEN);
    clean = ENCODED_MESSAGE.matcher(clean).replaceAll("");
    clean = SDK_WORDS.matcher(clean).replaceAll("");
    for (String secret : longestFirst(secrets)) {
      clean = clean.replace(secret, HIDDEN);
    }
    clean = BLANKS.matcher(clean).replaceAll(" ").trim();
    return clean.length() <= LONGEST ? clean : clean.substring(0, LONGEST - 3) + "...";
  }

  private static List<String> longestFirst(Collection<String> secrets) {
    return secrets.stream()
        .filter(secret -> secret.length() >= SHORTEST_SECRET)
        .sorted(Comparator.comparingInt(String::length).reversed())
        .toList();
  }
}
