package dev.lambdarollouts.app.configuration;

import io.smallrye.config.common.utils.StringUtil;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes values of the texts in a configuration; a text that is none is refused with a remedy. */
final class SettingText {

  /** A DNS label (RFC 1123), as Kubernetes wants names of namespaces. */
  private static final Pattern NAMESPACE = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

  private static final Pattern DURATION =
      Pattern.compile("(?:(\\d{1,6})h)?(?:(\\d{1,6})m)?(?:(\\d{1,6})s)?(?:(\\d{1,6})ms)?");

  private SettingText() {}

  static String namespace(String text) {
    if (!NAMESPACE.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "name a namespace: lower-case letters, digits and '-', at most 63");
    }
    return text;
  }

  static NamespaceSelection namespaces(String text) {
    List<String> names = list(text);
    if (names.equals(List.of("*"))) {
      return NamespaceSelection.all();
    }
    if (names.contains("*")) {
      throw new IllegalArgumentException("give either '*' alone or names of namespaces");
    }
    names.forEach(
        name -> {
          if (!NAMESPACE.matcher(name).matches()) {
            throw new IllegalArgumentException(
                "'" + name + "' is no namespace: lower-case letters, digits and '-', at most 63");
          }
        });
    return NamespaceSelection.of(names);
  }

  static Set<String> set(String text) {
    return new LinkedHashSet<>(list(text));
  }

  static boolean yesOrNo(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("write true or false");
    };
  }

  static Function<String, Integer> number(int least, int most) {
    return text -> {
      try {
        int number = Integer.parseInt(text);
        if (number >= least && number <= most) {
          return number;
        }
      } catch (NumberFormatException e) {
        // Falls through: no number and a number out of bounds have the same remedy.
      }
      throw new IllegalArgumentException("write a number from " + least + " to " + most);
    };
  }

  static Function<String, Duration> duration(String least, String most) {
    Duration from = duration(least);
    Duration to = duration(most);
    return text -> {
      Duration duration = duration(text);
      if (duration.compareTo(from) < 0 || duration.compareTo(to) > 0) {
        throw new IllegalArgumentException("write a duration from " + least + " to " + most);
      }
      return duration;
    };
  }

  /** One of an enum's constants, written in lower or mixed case. */
  static <E extends Enum<E>> Function<String, E> oneOf(Class<E> type) {
    return text ->
        Arrays.stream(type.getEnumConstants())
            .filter(constant -> constant.name().equalsIgnoreCase(text))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "write one of "
                            + String.join(
                                ", ",
                                Arrays.stream(type.getEnumConstants())
                                    .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                                    .toList())));
  }

  private static Duration duration(String text) {
    Matcher parts = DURATION.matcher(text);
    if (text.isEmpty() || !parts.matches()) {
      throw new IllegalArgumentException("write a duration like 30s, 5m, 1h30m or 500ms");
    }
    return Duration.ofHours(part(parts, 1))
        .plusMinutes(part(parts, 2))
        .plusSeconds(part(parts, 3))
        .plusMillis(part(parts, 4));
  }

  private static long part(Matcher parts, int group) {
    String digits = parts.group(group);
    return digits == null ? 0 : Long.parseLong(digits);
  }

  private static List<String> list(String text) {
    return Arrays.stream(StringUtil.split(text))
        .map(String::strip)
        .filter(element -> !element.isEmpty())
        .toList();
  }
}
