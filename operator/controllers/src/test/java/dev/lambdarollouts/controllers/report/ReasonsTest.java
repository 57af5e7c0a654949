package dev.lambdarollouts.controllers.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.crds.action.RolloutActionStatus;
import dev.lambdarollouts.engine.progress.Pause;
import dev.lambdarollouts.engine.progress.StagePhase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of reasons in {@code docs/operating.md} against the code. */
class ReasonsTest {
  private static final Path CONTROLLERS = Path.of("src/main/java/dev/lambdarollouts/controllers");

  /** Where a reason is written as a word; the others are values of an enum. */
  private static final List<Path> ROOMS =
      List.of(
          Path.of("../rollout-engine/src/main/java/dev/lambdarollouts/engine/decide"),
          CONTROLLERS.resolve("report"),
          CONTROLLERS.resolve("loop"),
          CONTROLLERS.resolve("kubernetes"));

  private static final Pattern CAMEL_CASE = Pattern.compile("\"([A-Z][A-Za-z]+)\"");

  /** Words of that shape that are something else: types of conditions and of Events, calls. */
  private static final Set<String> NO_REASONS =
      Set.of(
          "Ready",
          "Reconciling",
          "Stalled",
          "Normal",
          "Warning",
          "NullAway",
          "UpdateAlias",
          "GetAlias",
          "GetCallerIdentity");

  @Test
  void theTableNamesEveryReasonAndNoOther() throws IOException {
    TreeSet<String> reasons = new TreeSet<>();
    for (Path room : ROOMS) {
      reasons.addAll(wordsIn(room));
    }
    reasons.removeAll(NO_REASONS);
    Stream.of(StagePhase.values(), Pause.Reason.values(), RolloutActionStatus.Phase.values())
        .flatMap(Arrays::stream)
        .map(Object::toString)
        .forEach(reasons::add);

    assertThat(inTheTable()).isEqualTo(reasons);
  }

  private static Set<String> wordsIn(Path room) throws IOException {
    TreeSet<String> words = new TreeSet<>();
    try (Stream<Path> files = Files.walk(room)) {
      for (Path file : files.filter(one -> one.toString().endsWith(".java")).toList()) {
        CAMEL_CASE
            .matcher(Files.readString(file))
            .results()
            .map(found -> found.group(1))
            .forEach(words::add);
      }
    }
    assertThat(words).as("reasons in " + room).isNotEmpty();
    return words;
  }

  /** What stands in the first column below the heading Reasons. */
  private static Set<String> inTheTable() throws IOException {
    String text = Files.readString(Path.of("../../docs/operating.md"));
    int from = text.indexOf("\n## Reasons\n");
    assertThat(from).isPositive();
    TreeSet<String> named = new TreeSet<>();
    text.substring(from, text.indexOf("\n## ", from + 1))
        .lines()
        .filter(line -> line.startsWith("| `"))
        .map(line -> line.split("\\|", -1)[1])
        .flatMap(cell -> Pattern.compile("`([^`]+)`").matcher(cell).results())
        .map(MatchResult::group)
        .map(word -> word.replace("`", ""))
        .forEach(named::add);
    return named;
  }
}
