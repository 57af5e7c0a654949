package dev.lambdarollouts.plantedbugs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs with every build: the list of bugs stays true while the code changes. */
class PlantedBugsTest {
  private static final Path ROOT = Path.of("../..");

  static List<PlantedBug> bugs() throws IOException {
    return PlantedBug.in(Path.of("bugs"));
  }

  @ParameterizedTest
  @MethodSource("bugs")
  void theTextThatABugReplacesStandsInTheSourceOnce(PlantedBug bug) throws IOException {
    assertThat(bug.places(ROOT))
        .as(
            "%s: places of its text in %s; correct bugs/%s.txt",
            bug.name(), bug.source(), bug.name())
        .isEqualTo(1);
  }

  @Test
  void everyBugStandsInTheDocumentation() throws IOException {
    String page = Files.readString(ROOT.resolve("docs/reliability.md"));
    assertThat(bugs())
        .hasSizeGreaterThanOrEqualTo(20)
        .allSatisfy(
            bug ->
                assertThat(page)
                    .as("its row, with the test that caught it")
                    .containsPattern(
                        Pattern.quote("| " + bug.name() + " | " + bug.what() + " | ")
                            + "[A-Z]\\w+Test"));
  }
}
