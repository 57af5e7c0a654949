package dev.lambdarollouts.controllers.translate;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Words in braces that stand for something of the stage. */
final class Placeholders {
  private static final Pattern WORD = Pattern.compile("\\{([^{}/]*)}");

  private final Map<String, String> values;

  Placeholders(Map<String, String> values) {
    this.values = new TreeMap<>(values);
  }

  /** The text with every placeholder replaced; one that is not known here is a finding. */
  String resolve(String text, FieldPath at, Findings findings) {
    return WORD.matcher(text)
        .replaceAll(
            found -> {
              String value = values.get(found.group(1));
              if (value == null) {
                findings.invalid(at, unknown(found));
              }
              return Matcher.quoteReplacement(value == null ? found.group() : value);
            });
  }

  private String unknown(MatchResult found) {
    return "found "
        + found.group()
        + ", which stands for nothing here; use "
        + values.keySet().stream().map(name -> "{" + name + "}").collect(Collectors.joining(", "));
  }
}
