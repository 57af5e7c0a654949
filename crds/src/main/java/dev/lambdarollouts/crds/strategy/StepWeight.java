package dev.lambdarollouts.crds.strategy;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.regex.Pattern;

/**
 * The candidate's share of traffic in a step: a whole percentage as a number ({@code 5}), or a text
 * with at most two decimals ({@code "0.5%"}).
 *
 * @param json as the user wrote it, an integer or a text
 */
public record StepWeight(@JsonValue JsonNode json) {
  /** What a text looks like; the schema has the same. */
  public static final String PATTERN = "^(100([.]0{1,2})?|[0-9]{1,2}([.][0-9]{1,2})?)%$";

  private static final Pattern TEXT = Pattern.compile(PATTERN);

  /**
   * @throws IllegalArgumentException when the JSON is neither
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public StepWeight {
    boolean readable =
        json.isTextual()
            ? TEXT.matcher(json.textValue()).matches()
            : json.isInt() && json.intValue() >= 0 && json.intValue() <= 100;
    if (!readable) {
      throw new IllegalArgumentException(
          "must be 0 to 100, or a text such as \"0.5%\" with at most two decimals");
    }
  }

  /** A whole percentage. */
  public static StepWeight of(int percent) {
    return new StepWeight(IntNode.valueOf(percent));
  }

  /** A percentage as text, like {@code 0.5%}. */
  public static StepWeight of(String percent) {
    return new StepWeight(TextNode.valueOf(percent));
  }

  /** With its percent sign in both forms: {@code 5%}, {@code 0.5%}. */
  @Override
  public String toString() {
    return json.isTextual() ? json.textValue() : json.intValue() + "%";
  }
}
