package dev.lambdarollouts.simulator.lambda.invocation;

import dev.lambdarollouts.simulator.lambda.runtime.Answer;
import dev.lambdarollouts.simulator.lambda.runtime.Execution;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What functions answer in place of their code. A script for a function goes before the function's
 * own code; the script for all others goes before code that is not Java.
 */
public final class ScriptedAnswers {
  private final Map<String, Function<Execution, Answer>> byFunction = new ConcurrentHashMap<>();
  private volatile @Nullable Function<Execution, Answer> otherwise;

  /** Every version of {@code functionName} answers so, in all accounts and regions. */
  public void answer(String functionName, Function<Execution, Answer> script) {
    byFunction.put(functionName, script);
  }

  public void answer(String functionName, Answer answer) {
    answer(functionName, execution -> answer);
  }

  /** The function's own code answers again. */
  public void forget(String functionName) {
    byFunction.remove(functionName);
  }

  /** What a function answers that is not Java and has no script of its own. */
  public void answerOtherwise(Function<Execution, Answer> script) {
    otherwise = script;
  }

  public @Nullable Function<Execution, Answer> scriptFor(String functionName) {
    return byFunction.get(functionName);
  }

  public @Nullable Function<Execution, Answer> otherwise() {
    return otherwise;
  }
}
