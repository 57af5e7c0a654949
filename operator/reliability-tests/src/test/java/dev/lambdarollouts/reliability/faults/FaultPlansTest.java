package dev.lambdarollouts.reliability.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every plan of every kind. One that fails is printed by its text and runs again from it alone,
 * with every call shown: {@code mvn -pl operator/reliability-tests -am test -Dtest=OnePlanTest
 * -Dsurefire.failIfNoSpecifiedTests=false -Dplan='canary / lost reply at 7 UpdateAlias'}. With
 * {@code -Dfault-plans.every=true} there are half as many again: {@link Plans}.
 */
class FaultPlansTest {
  private static final int SHOWN = 12;
  private static final Path PAGE = Path.of("../../docs/reliability.md");
  private static final Map<Kind, String> COUNTS = new TreeMap<>();

  @TestFactory
  Stream<DynamicTest> everyInvariantHoldsUnderEveryPlan() {
    Plans plans = new Plans(Boolean.getBoolean("fault-plans.every"));
    return Stream.of(Kind.values())
        .map(kind -> DynamicTest.dynamicTest(kind.toString(), () -> run(plans, kind)));
  }

  private static void run(Plans plans, Kind kind) {
    List<FaultPlan> all = plans.of(kind);
    long started = System.nanoTime();
    Map<String, List<String>> broken =
        all.parallelStream()
            .map(plan -> Map.entry(plan.toString(), plans.violations(plan)))
            .filter(entry -> !entry.getValue().isEmpty())
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one, TreeMap::new));
    Duration took = Duration.ofNanos(System.nanoTime() - started);
    COUNTS.put(
        kind,
        "%6d plans, %4d with violations, %5.1f s"
            .formatted(all.size(), broken.size(), took.toMillis() / 1000.0));
    assertThat(all)
        .as("nine tenths of the plans that docs/reliability.md tells of; some are gone")
        .hasSizeGreaterThanOrEqualTo(documented(kind) * 9 / 10);
    assertThat(all.stream().map(FaultPlan::toString)).doesNotHaveDuplicates();
    assertThat(broken).as(() -> text(broken)).isEmpty();
  }

  /** Plans that vanish unnoticed test nothing. */
  private static int documented(Kind kind) {
    String row = "| " + kind + " | ";
    try (Stream<String> lines = Files.lines(PAGE)) {
      return lines
          .filter(line -> line.startsWith(row))
          .map(line -> line.substring(row.length()))
          .map(rest -> Integer.parseInt(rest.substring(0, rest.indexOf(' '))))
          .findFirst()
          .orElseThrow(() -> new AssertionError(PAGE + " has no row '" + row + "'"));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static String text(Map<String, List<String>> broken) {
    return broken.size()
        + " plans:\n"
        + broken.entrySet().stream()
            .limit(SHOWN)
            .map(entry -> "  -Dplan='" + entry.getKey() + "'\n    " + entry.getValue().getFirst())
            .collect(Collectors.joining("\n"))
        + "\n";
  }

  @AfterAll
  static void printCounts() {
    StringBuilder table = new StringBuilder("Fault plans:\n");
    COUNTS.forEach((kind, count) -> table.append(count).append("  ").append(kind).append('\n'));
    System.out.print(table);
  }
}
