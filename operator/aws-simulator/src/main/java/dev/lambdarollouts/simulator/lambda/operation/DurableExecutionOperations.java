package dev.lambdarollouts.simulator.lambda.operation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.simulator.lambda.function.DurableExecution;
import dev.lambdarollouts.simulator.lambda.function.FunctionReference;
import dev.lambdarollouts.simulator.lambda.function.Functions;
import dev.lambdarollouts.simulator.lambda.function.LambdaFunction;
import dev.lambdarollouts.simulator.lambda.function.Page;
import dev.lambdarollouts.simulator.protocol.Input;
import dev.lambdarollouts.simulator.service.CallContext;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** ListDurableExecutionsByFunction; executions are begun and ended by tests alone. */
public final class DurableExecutionOperations {
  private static final int USUAL_PER_PAGE = 100;
  private static final int MOST_PER_PAGE = 1000;

  private final Functions functions;

  public DurableExecutionOperations(Functions functions) {
    this.functions = functions;
  }

  public ObjectNode list(CallContext context, Input input) {
    FunctionReference reference =
        FunctionReference.of(context, input, "ListDurableExecutionsByFunction");
    LambdaFunction function = functions.get(context.location(), reference);
    Stream<DurableExecution> found =
        function.durableExecutions().stream().filter(one -> isAskedFor(one, input));
    if (reference.qualifier() != null) {
      String version = functions.version(context.location(), reference).version();
      found = found.filter(one -> one.version().equals(version));
    }
    // "Set to true to return results in chronological order (oldest first)", says the model.
    Comparator<DurableExecution> oldestFirst = Comparator.comparing(DurableExecution::started);
    List<ObjectNode> shown =
        found
            .sorted(input.flag("ReverseOrder") ? oldestFirst : oldestFirst.reversed())
            .map(one -> one.show(function.arn()))
            .toList();
    int most = input.has("MaxItems") ? MOST_PER_PAGE : USUAL_PER_PAGE;
    return Page.reply("DurableExecutions", Page.of(shown, input, most));
  }

  private static boolean isAskedFor(DurableExecution one, Input input) {
    String name = input.text("DurableExecutionName");
    List<String> statuses = input.texts("Statuses");
    Instant after = input.instant("StartedAfter");
    Instant before = input.instant("StartedBefore");
    return (name == null || one.name().equals(name))
        && (statuses.isEmpty() || statuses.contains(one.status()))
        && (after == null || one.started().isAfter(after))
        && (before == null || one.started().isBefore(before));
  }
}
