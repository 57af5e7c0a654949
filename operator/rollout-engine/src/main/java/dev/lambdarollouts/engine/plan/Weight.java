package dev.lambdarollouts.engine.plan;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * A share of an alias' traffic, exact to the hundredth of a percent.
 *
 * @param hundredths hundredths of a percent, 0 to 10000
 */
public record Weight(int hundredths) implements Comparable<Weight> {
  /** No traffic. */
  public static final Weight NONE = new Weight(0);

  /** All traffic. */
  public static final Weight ALL = new Weight(10_000);

  private static final Pattern TEXT = Pattern.compile("\\d{1,3}(\\.\\d{1,2})?%");

  public Weight {
    if (hundredths < 0 || hundredths > 10_000) {
      throw new IllegalArgumentException(
          "a weight is 0% to 100%, found " + hundredths + " hundredths of a percent");
    }
  }

  /** A whole percentage, 0 to 100. */
  public static Weight ofPercent(int percent) {
    return new Weight(percent * 100);
  }

  /**
   * Reads {@code "0.5%"}.
   *
   * @throws IllegalArgumentException when the text is no percentage with at most two decimals
   */
  public static Weight parse(String text) {
    if (!TEXT.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "a weight is written like 10% or 0.5%, with at most two decimals; found " + text);
    }
    BigDecimal percent = new BigDecimal(text.substring(0, text.length() - 1));
    return new Weight(percent.movePointRight(2).intValueExact());
  }

  /** The fraction of 1 that the Lambda API takes, as an exact decimal of at most four places. */
  public BigDecimal fraction() {
    return BigDecimal.valueOf(hundredths, 4).stripTrailingZeros();
  }

  /**
   * The nearest weight to a fraction that AWS reports; AWS takes doubles, so 0.1 may come back
   * inexact.
   */
  public static Weight ofFraction(double fraction) {
    return new Weight((int) Math.round(fraction * 10_000));
  }

  /** True when this is no traffic at all. */
  public boolean isNone() {
    return hundredths == 0;
  }

  /** True when this is all traffic. */
  public boolean isAll() {
    return hundredths == 10_000;
  }

  @Override
  public int compareTo(Weight other) {
    return Integer.compare(hundredths, other.hundredths);
  }

  /** As the status shows it: {@code 30%}, {@code 0.5%}. */
  @Override
  public String toString() {
    BigDecimal percent = BigDecimal.valueOf(hundredths, 2).stripTrailingZeros();
    return percent.toPlainString() + "%";
  }
}
