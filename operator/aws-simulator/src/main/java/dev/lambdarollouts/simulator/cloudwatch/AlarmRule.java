package dev.lambdarollouts.simulator.cloudwatch;

import dev.lambdarollouts.simulator.protocol.AwsError;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The rule of a composite alarm: {@code ALARM(x)}, {@code OK(x)}, {@code INSUFFICIENT_DATA(x)},
 * {@code TRUE}, {@code FALSE}, joined by AND, OR and NOT with parentheses. Alarms are named by name
 * or ARN, in quotes or without. NOT binds strongest, then AND, then OR.
 */
sealed interface AlarmRule {

  /** Whether the rule holds. */
  boolean holds(Function<String, AlarmState.@Nullable Value> stateOf);

  /** The names or ARNs of the alarms in it. */
  Set<String> children();

  /** A state of an alarm. */
  record Is(AlarmState.Value value, String alarm) implements AlarmRule {
    @Override
    public boolean holds(Function<String, AlarmState.@Nullable Value> stateOf) {
      return stateOf.apply(alarm) == value;
    }

    @Override
    public Set<String> children() {
      return Set.of(alarm);
    }
  }

  /** TRUE or FALSE. */
  record Constant(boolean value) implements AlarmRule {
    @Override
    public boolean holds(Function<String, AlarmState.@Nullable Value> stateOf) {
      return value;
    }

    @Override
    public Set<String> children() {
      return Set.of();
    }
  }

  /** The contrary of a rule. */
  record Not(AlarmRule rule) implements AlarmRule {
    @Override
    public boolean holds(Function<String, AlarmState.@Nullable Value> stateOf) {
      return !rule.holds(stateOf);
    }

    @Override
    public Set<String> children() {
      return rule.children();
    }
  }

  /** Two rules of which both must hold, or one. */
  record Both(AlarmRule left, boolean and, AlarmRule right) implements AlarmRule {
    @Override
    public boolean holds(Function<String, AlarmState.@Nullable Value> stateOf) {
      return and
          ? left.holds(stateOf) && right.holds(stateOf)
          : left.holds(stateOf) || right.holds(stateOf);
    }

    @Override
    public Set<String> children() {
      Set<String> children = new LinkedHashSet<>(left.children());
      children.addAll(right.children());
      return children;
    }
  }

  static AlarmRule parse(String text) {
    Parser parser = new Parser(text);
    AlarmRule rule = parser.or();
    parser.expectEnd();
    return rule;
  }

  /** Recursive descent over the rule's text. */
  final class Parser {
    private static final Pattern TOKEN =
        Pattern.compile("\\s*(?:(\\()|(\\))|\"([^\"]*)\"|'([^']*)'|([^\\s()\"']+))");

    private final Matcher tokens;
    private final String text;
    private @Nullable String token;
    private boolean quoted;

    Parser(String text) {
      this.text = text;
      this.tokens = TOKEN.matcher(text);
      advance();
    }

    AlarmRule or() {
      AlarmRule left = and();
      while (accept("OR")) {
        left = new Both(left, false, and());
      }
      return left;
    }

    private AlarmRule and() {
      AlarmRule left = not();
      while (accept("AND")) {
        left = new Both(left, true, not());
      }
      return left;
    }

    private AlarmRule not() {
      if (accept("NOT")) {
        return new Not(not());
      }
      if (accept("(")) {
        AlarmRule inner = or();
        expect(")");
        return inner;
      }
      if (accept("TRUE")) {
        return new Constant(true);
      }
      if (accept("FALSE")) {
        return new Constant(false);
      }
      for (AlarmState.Value value : AlarmState.Value.values()) {
        if (accept(value.name())) {
          expect("(");
          String alarm = token;
          if (alarm == null) {
            throw invalid();
          }
          advance();
          expect(")");
          return new Is(value, alarm);
        }
      }
      throw invalid();
    }

    void expectEnd() {
      if (token != null) {
        throw invalid();
      }
    }

    private void expect(String expected) {
      if (!accept(expected)) {
        throw invalid();
      }
    }

    private boolean accept(String expected) {
      if (quoted || token == null || !token.equals(expected)) {
        return false;
      }
      advance();
      return true;
    }

    private void advance() {
      if (!tokens.lookingAt()) {
        token = null;
        if (!text.substring(tokens.regionStart()).isBlank()) {
          throw invalid();
        }
        return;
      }
      quoted = tokens.group(3) != null || tokens.group(4) != null;
      for (int group = 1; group <= tokens.groupCount(); group++) {
        if (tokens.group(group) != null) {
          token = tokens.group(group);
        }
      }
      tokens.region(tokens.end(), text.length());
    }

    private AwsError invalid() {
      return AwsError.validation("Error in AlarmRule, unsupported grammar: " + text);
    }
  }
}
