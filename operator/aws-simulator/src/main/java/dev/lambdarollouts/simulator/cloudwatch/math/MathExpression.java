package dev.lambdarollouts.simulator.cloudwatch.math;

import dev.lambdarollouts.simulator.protocol.AwsError;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleBinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates one metric math expression: {@code + - * / ^}, comparisons, AND, OR, arrays, and the
 * functions ABS, AVG, CEIL, FILL, FLOOR, IF, MAX, METRICS, MIN, RATE and SUM. Anything else is
 * refused by name.
 */
public final class MathExpression {
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(?:(\\d+(?:\\.\\d*)?|\\.\\d+)|([a-zA-Z_][a-zA-Z0-9_]*)|\"([^\"]*)\"|(&&|\\|\\||[<>=!]=|[-+*/^()\\[\\],<>]))");

  private static final Pattern SEARCH =
      Pattern.compile("\\bSEARCH\\s*\\(", Pattern.CASE_INSENSITIVE);
  private static final Pattern INSIGHTS =
      Pattern.compile("^\\s*SELECT\\s", Pattern.CASE_INSENSITIVE);

  private final String text;
  private final MathFunctions functions;
  private final Function<String, @Nullable MathValue> queries;
  private final Map<String, MathValue.Series> metrics;
  private final Matcher tokens;
  private @Nullable String token;

  private MathExpression(
      String text,
      int periods,
      int periodSeconds,
      Function<String, @Nullable MathValue> queries,
      Map<String, MathValue.Series> metrics) {
    this.text = text;
    this.functions = new MathFunctions(periods, periodSeconds, this::invalid);
    this.queries = queries;
    this.metrics = new TreeMap<>(metrics);
    this.tokens = TOKEN.matcher(text);
    if (SEARCH.matcher(text).find()) {
      throw invalid("aws-simulator does not have SEARCH. Name each metric in a query of its own");
    }
    if (INSIGHTS.matcher(text).find()) {
      throw invalid("aws-simulator does not have Metrics Insights queries (SELECT)");
    }
    advance();
  }

  /**
   * The series that an expression gives.
   *
   * @param queries the values of other queries by id; null for an id that is not there
   * @param metrics the metrics of the request, for METRICS()
   */
  public static MathValue.Series evaluate(
      String text,
      int periods,
      int periodSeconds,
      Function<String, @Nullable MathValue> queries,
      Map<String, MathValue.Series> metrics) {
    MathExpression expression = new MathExpression(text, periods, periodSeconds, queries, metrics);
    MathValue.Series series = expression.disjunction().asSeries(periods);
    if (expression.token != null || series == null) {
      throw expression.invalid("it must give one time series");
    }
    return series;
  }

  private MathValue disjunction() {
    MathValue left = conjunction();
    while (accept("OR") || accept("||")) {
      left = both(left, conjunction(), (a, b) -> a != 0 || b != 0 ? 1 : 0);
    }
    return left;
  }

  private MathValue conjunction() {
    MathValue left = comparison();
    while (accept("AND") || accept("&&")) {
      left = both(left, comparison(), (a, b) -> a != 0 && b != 0 ? 1 : 0);
    }
    return left;
  }

  private MathValue comparison() {
    MathValue left = sum();
    String operator = token;
    DoubleBinaryOperator comparing =
        switch (operator) {
          case "<" -> (a, b) -> a < b ? 1 : 0;
          case ">" -> (a, b) -> a > b ? 1 : 0;
          case "<=" -> (a, b) -> a <= b ? 1 : 0;
          case ">=" -> (a, b) -> a >= b ? 1 : 0;
          case "==" -> (a, b) -> a == b ? 1 : 0;
          case "!=" -> (a, b) -> a == b ? 0 : 1;
          case null, default -> null;
        };
    if (comparing == null) {
      return left;
    }
    advance();
    return both(left, sum(), comparing);
  }

  private MathValue sum() {
    MathValue left = product();
    while (true) {
      if (accept("+")) {
        left = both(left, product(), Double::sum);
      } else if (accept("-")) {
        left = both(left, product(), (a, b) -> a - b);
      } else {
        return left;
      }
    }
  }

  private MathValue product() {
    MathValue left = power();
    while (true) {
      if (accept("*")) {
        left = both(left, power(), (a, b) -> a * b);
      } else if (accept("/")) {
        left = both(left, power(), (a, b) -> a / b);
      } else {
        return left;
      }
    }
  }

  private MathValue power() {
    if (accept("-")) {
      return both(new MathValue.Scalar(0), power(), (a, b) -> a - b);
    }
    MathValue base = atom();
    return accept("^") ? both(base, power(), Math::pow) : base;
  }

  private MathValue atom() {
    String here = token;
    if (here == null) {
      throw invalid("it ends too early");
    }
    advance();
    if (here.equals("(")) {
      MathValue inner = disjunction();
      expect(")");
      return inner;
    }
    if (here.equals("[")) {
      return array();
    }
    if (Character.isDigit(here.charAt(0)) || here.charAt(0) == '.') {
      return new MathValue.Scalar(Double.parseDouble(here));
    }
    if (accept("(")) {
      return function(here.toUpperCase(Locale.ROOT));
    }
    MathValue value = queries.apply(here);
    if (value == null) {
      throw invalid("there is no query " + here);
    }
    return value;
  }

  private MathValue array() {
    List<MathValue.Series> series = new ArrayList<>();
    do {
      switch (disjunction()) {
        case MathValue.Several(var inner) -> series.addAll(inner);
        case MathValue value -> series.add(functions.one(value));
      }
    } while (accept(","));
    expect("]");
    return new MathValue.Several(series);
  }

  private MathValue function(String name) {
    if (name.equals("METRICS")) {
      expect(")");
      return new MathValue.Several(List.copyOf(metrics.values()));
    }
    if (name.equals("FILL")) {
      return fill();
    }
    List<MathValue> arguments = new ArrayList<>();
    do {
      arguments.add(disjunction());
    } while (accept(","));
    expect(")");
    return functions.call(name, arguments);
  }

  private MathValue both(MathValue left, MathValue right, DoubleBinaryOperator operation) {
    return functions.both(left, right, operation);
  }

  private MathValue fill() {
    MathValue value = disjunction();
    expect(",");
    UnaryOperator<MathValue.Series> filling;
    if (accept("REPEAT")) {
      filling = functions::repeat;
    } else if (accept("LINEAR")) {
      filling = functions::interpolate;
    } else {
      MathValue.Series values = functions.one(disjunction());
      filling = series -> functions.fill(series, values);
    }
    expect(")");
    return value instanceof MathValue.Several(var several)
        ? new MathValue.Several(several.stream().map(filling).toList())
        : filling.apply(functions.one(value));
  }

  private void expect(String expected) {
    if (!accept(expected)) {
      throw invalid("'" + expected + "' is missing");
    }
  }

  private boolean accept(String expected) {
    if (token == null || !token.equals(expected)) {
      return false;
    }
    advance();
    return true;
  }

  private void advance() {
    if (!tokens.lookingAt()) {
      if (!text.substring(tokens.regionStart()).isBlank()) {
        throw invalid("unreadable at '" + text.substring(tokens.regionStart()) + "'");
      }
      token = null;
      return;
    }
    for (int group = 1; group <= tokens.groupCount(); group++) {
      if (tokens.group(group) != null) {
        token = tokens.group(group);
      }
    }
    tokens.region(tokens.end(), text.length());
  }

  private AwsError invalid(String why) {
    return AwsError.validation("Error in expression '" + text + "': " + why);
  }
}
