package dev.lambdarollouts.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.simulator.service.AwsService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The tables "Operation by operation" of {@code docs/aws-simulator.md} against the services. */
class OperationsTableTest {
  /** How the page names a service that has another name in credential scopes. */
  private static final Map<String, String> SCOPES =
      Map.of("Lambda", "lambda", "CloudWatch", "monitoring", "CloudWatch Logs", "logs");

  private static final String REST = "everything else";

  @Test
  void theTablesNameEveryOperationOfEachServiceAndNoOther() throws IOException {
    Map<String, TreeSet<String>> implemented = new TreeMap<>();
    try (AwsSimulator simulator = AwsSimulator.builder().start()) {
      for (AwsService service : simulator.services()) {
        implemented.put(service.scope(), new TreeSet<>(service.operations()));
      }
    }
    Map<String, TreeSet<String>> told = new TreeMap<>();
    rows()
        .forEach(
            (scope, rows) ->
                told.put(
                    scope,
                    new TreeSet<>(
                        rows.stream()
                            .filter(row -> !row.operations().equals(List.of(REST)))
                            .flatMap(row -> row.operations().stream())
                            .toList())));

    assertThat(told).isEqualTo(implemented);
  }

  @Test
  void eachRowSaysHowNearItIsAndNoOperationStandsTwice() throws IOException {
    assertThat(rows().values())
        .allSatisfy(
            rows -> {
              assertThat(rows)
                  .allSatisfy(
                      row ->
                          assertThat(row.nearness())
                              .matches(
                                  row.operations().equals(List.of(REST))
                                      ? "missing"
                                      : "as AWS( for none)?|simpler"));
              assertThat(rows.stream().flatMap(row -> row.operations().stream()))
                  .doesNotHaveDuplicates();
            });
  }

  private record Row(List<String> operations, String nearness) {}

  /** The rows by the scope of their service. */
  private static Map<String, List<Row>> rows() throws IOException {
    String text = Files.readString(Path.of("../../docs/aws-simulator.md"));
    int from = text.indexOf("\n## Operation by operation\n");
    assertThat(from).isPositive();
    Map<String, List<Row>> rows = new HashMap<>();
    List<Row> table = new ArrayList<>();
    String tables = text.substring(from, text.indexOf("\n## ", from + 1));
    for (String line : tables.lines().toList()) {
      if (line.startsWith("### ")) {
        String service = line.substring(4).replaceAll(" \\(.*", "");
        table = new ArrayList<>();
        rows.put(SCOPES.getOrDefault(service, service.toLowerCase(Locale.ROOT)), table);
      } else if (line.startsWith("| ") && !line.startsWith("| operation |")) {
        String[] cells = line.split("\\|", -1);
        table.add(new Row(List.of(cells[1].strip().split(", ", -1)), cells[2].strip()));
      }
    }
    return rows;
  }
}
