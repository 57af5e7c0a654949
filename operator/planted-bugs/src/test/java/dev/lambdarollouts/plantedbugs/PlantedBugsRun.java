package dev.lambdarollouts.plantedbugs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** {@code mvn -Pplanted-bugs verify}: plants every bug and sees which test catches it. */
class PlantedBugsRun {
  private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
  private static final Path WORK = Path.of("target/planted").toAbsolutePath();

  /** In the order in which their tests run: the quick ones first. */
  private static final List<Path> MODULES =
      List.of(
          Path.of("operator/rollout-engine"),
          Path.of("operator/aws-gateway"),
          Path.of("operator/controllers"),
          Path.of("operator/reliability-tests"));

  private static final double LEAST_SHARE = 0.95;

  private final TestProcess tests =
      new TestProcess(
          ROOT,
          System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));

  private record Outcome(PlantedBug bug, Optional<String> caughtBy) {
    String row() {
      return "| " + bug.name() + " | " + bug.what() + " | " + caughtBy.orElse("**nothing**") + " |";
    }
  }

  @Test
  void nearlyEveryBugIsCaught() throws IOException, InterruptedException {
    String only = System.getProperty("planted-bugs.only", "");
    List<String> names = List.of(only.split(",", -1));
    List<PlantedBug> bugs =
        PlantedBugsTest.bugs().stream()
            .filter(bug -> only.isEmpty() || names.contains(bug.name()))
            .toList();
    for (PlantedBug bug : bugs) {
      bug.plant(ROOT, WORK.resolve(bug.name()), classPath(bug.module()));
    }
    List<Outcome> outcomes = new ArrayList<>();
    for (PlantedBug bug : bugs) {
      Outcome outcome = new Outcome(bug, caughtBy(bug));
      System.out.println(outcome.row());
      outcomes.add(outcome);
    }
    Files.write(WORK.resolve("table.md"), outcomes.stream().map(Outcome::row).toList());
    List<String> missed =
        outcomes.stream()
            .filter(outcome -> outcome.caughtBy().isEmpty())
            .map(outcome -> outcome.bug().name())
            .toList();
    double share = 1 - (double) missed.size() / outcomes.size();
    System.out.printf(
        "%d bugs planted, %d caught%n", outcomes.size(), outcomes.size() - missed.size());
    assertThat(share)
        .as("share of bugs caught; not caught: %s", missed)
        .isGreaterThanOrEqualTo(LEAST_SHARE);
  }

  /** Its own module's tests first, then those of the modules that build on it. */
  private Optional<String> caughtBy(PlantedBug bug) throws IOException, InterruptedException {
    Path work = WORK.resolve(bug.name());
    for (Path module : MODULES.subList(MODULES.indexOf(bug.module()), MODULES.size())) {
      if (!buildsOn(module, bug.module())) {
        continue;
      }
      Optional<String> caught =
          tests.firstFailure(module, work.resolve("classes"), classPath(module));
      if (caught.isPresent()) {
        return caught;
      }
    }
    return Optional.empty();
  }

  private static boolean buildsOn(Path module, Path other) throws IOException {
    return module.equals(other) || classPath(module).contains("/" + other.getFileName() + "/");
  }

  /** As Maven resolved it in this same build. */
  private static String classPath(Path module) throws IOException {
    Path target = ROOT.resolve(module).resolve("target");
    return String.join(
        File.pathSeparator,
        target.resolve("test-classes").toString(),
        target.resolve("classes").toString(),
        Files.readString(target.resolve("test-class-path")).strip());
  }
}
