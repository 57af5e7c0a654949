package dev.lambdarollouts.controllers.translate;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Durations as Kubernetes writes them: {@code 30s}, {@code 5m}, {@code 1h30m}, {@code 1.5h}; exact
 * to the nanosecond.
 */
final class KubernetesDuration {
  /** What Go's and CEL's durations hold: 2^63 nanoseconds, cut to the hour. */
  private static final BigDecimal MOST_SECONDS = BigDecimal.valueOf(2_562_047L * 3600);

  private static final Pattern PART = Pattern.compile("(\\d+(?:\\.\\d+)?)(ms|s|m|h)");
  private static final Pattern WHOLE = Pattern.compile("(?:" + PART + ")+");

  private KubernetesDuration() {}

  /**
   * Reads one.
   *
   * @return absent when the text is none, or stands for more than 2562047 hours
   */
  static @Nullable Duration parse(String text) {
    Duration plain = plain(text);
    return plain == null ? composed(text) : plain;
  }

  /** The usual ones, like {@code 30s}: durations are read at every pass. */
  private static @Nullable Duration plain(String text) {
    int last = text.length() - 1;
    if (last < 1 || last > 6) {
      return null;
    }
    int amount = 0;
    for (int index = 0; index < last; index++) {
      int digit = text.charAt(index) - '0';
      if (digit < 0 || digit > 9) {
        return null;
      }
      amount = 10 * amount + digit;
    }
    return switch (text.charAt(last)) {
      case 's' -> Duration.ofSeconds(amount);
      case 'm' -> Duration.ofMinutes(amount);
      case 'h' -> Duration.ofHours(amount);
      default -> null;
    };
  }

  private static @Nullable Duration composed(String text) {
    if (!WHOLE.matcher(text).matches()) {
      return null;
    }
    BigDecimal seconds = BigDecimal.ZERO;
    Matcher part = PART.matcher(text);
    while (part.find()) {
      seconds = seconds.add(new BigDecimal(part.group(1)).multiply(secondsOf(part.group(2))));
    }
    if (seconds.compareTo(MOST_SECONDS) > 0) {
      return null;
    }
    BigDecimal nanos = seconds.movePointRight(9).setScale(0, RoundingMode.HALF_UP);
    BigDecimal[] split = nanos.divideAndRemainder(BigDecimal.valueOf(1_000_000_000));
    return Duration.ofSeconds(split[0].longValueExact(), split[1].longValueExact());
  }

  private static BigDecimal secondsOf(String unit) {
    return switch (unit) {
      case "ms" -> new BigDecimal("0.001");
      case "s" -> BigDecimal.ONE;
      case "m" -> BigDecimal.valueOf(60);
      case "h" -> BigDecimal.valueOf(3600);
      default -> throw new IllegalArgumentException("no unit: " + unit);
    };
  }

  /** Writes one, so that {@link #parse} gives the same again. */
  static String text(Duration duration) {
    StringBuilder text = new StringBuilder();
    if (duration.toHours() > 0) {
      text.append(duration.toHours()).append('h');
    }
    if (duration.toMinutesPart() > 0) {
      text.append(duration.toMinutesPart()).append('m');
    }
    BigDecimal seconds =
        BigDecimal.valueOf(duration.toSecondsPart())
            .add(BigDecimal.valueOf(duration.toNanosPart(), 9))
            .stripTrailingZeros();
    if (seconds.signum() > 0 || text.isEmpty()) {
      text.append(seconds.toPlainString()).append('s');
    }
    return text.toString();
  }
}
