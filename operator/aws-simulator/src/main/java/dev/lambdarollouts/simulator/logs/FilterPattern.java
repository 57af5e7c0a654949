package dev.lambdarollouts.simulator.logs;

import dev.lambdarollouts.simulator.protocol.AwsError;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A filter pattern of terms: all of them must stand in the message, one of those with {@code ?},
 * and none with {@code -}. Case counts. {@code "a b"} is one term, {@code %a.b%} a regular
 * expression. Patterns for JSON are {@link JsonPattern}'s.
 */
final class FilterPattern {
  private static final Pattern TERM =
      Pattern.compile("\\s*([?-]?)(?:\"((?:[^\"\\\\]|\\\\.)*)\"|%([^%]+)%|([\\w.:/@*#=$-]+))");

  private FilterPattern() {}

  /** What a message must be for the pattern; an empty pattern takes every message. */
  static Predicate<String> of(String pattern) {
    String trimmed = pattern.strip();
    if (trimmed.startsWith("{")) {
      return JsonPattern.of(trimmed);
    }
    if (trimmed.startsWith("[")) {
      throw invalid("aws-simulator does not have patterns of columns ([a, b])");
    }
    List<Predicate<String>> all = new ArrayList<>();
    List<Predicate<String>> any = new ArrayList<>();
    Matcher terms = TERM.matcher(trimmed);
    int end = 0;
    while (end < trimmed.length()) {
      terms.region(end, trimmed.length());
      if (!terms.lookingAt()) {
        throw invalid("Invalid character(s) in term '" + trimmed.substring(end).strip() + "'");
      }
      Predicate<String> term = term(terms);
      switch (terms.group(1)) {
        case "?" -> any.add(term);
        case "-" -> all.add(term.negate());
        default -> all.add(term);
      }
      end = terms.end();
    }
    // AWS ignores the ?terms of a pattern that has others too.
    boolean optional = all.isEmpty() && !any.isEmpty();
    return message ->
        optional
            ? any.stream().anyMatch(term -> term.test(message))
            : all.stream().allMatch(term -> term.test(message));
  }

  static AwsError invalid(String why) {
    return LogGroups.invalid("Invalid filter pattern: " + why);
  }

  private static Predicate<String> term(Matcher terms) {
    if (terms.group(3) != null) {
      try {
        return Pattern.compile(terms.group(3)).asPredicate();
      } catch (PatternSyntaxException e) {
        throw invalid("'" + terms.group(3) + "' is no regular expression");
      }
    }
    String text =
        terms.group(2) == null ? terms.group(4) : terms.group(2).replaceAll("\\\\(.)", "$1");
    return message -> message.contains(text);
  }
}
