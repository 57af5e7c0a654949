package dev.lambdarollouts.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.simulator.time.AcceleratedTime;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A client of another make, {@link Boto3}, runs a whole canary by hand. */
class BotoCanaryTest {
  private static final double TIME_FACTOR = 60;

  @TempDir Path folder;

  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void aWholeCanaryByHand() throws Exception {
    Boto3.install();
    Path good = write("good.zip", "return System.getenv(\"GREETING\") + \" \" + input;");
    Path bad = write("bad.zip", "throw new IllegalStateException(\"bad release\");");

    try (AwsSimulator simulator =
        AwsSimulator.builder()
            .clock(new AcceleratedTime(InstantSource.system(), TIME_FACTOR))
            .tickEvery(Duration.ofMillis(50))
            .start()) {
      List<String> said = canary(simulator, good, bad);

      assertThat(said).containsExactly("CREATED 1", "ROLLED-BACK 2", "PROMOTED 3");
      assertThat(simulator.calls().of("monitoring", "DescribeAlarms")).isNotEmpty();
    }
  }

  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void pagesLogsDashboardsAndVersions() throws Exception {
    Boto3.install();
    try (AwsSimulator simulator = AwsSimulator.builder().start()) {
      Process process = Boto3.python("watch.py", simulator.endpoint().toString());
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

      assertThat(process.waitFor()).as(said).isZero();
      assertThat(said.lines())
          .containsExactly("METRICS 601", "DASHBOARDS 1", "LOGS 25", "OBJECTS 7", "REDIRECTED 4");
      assertThat(simulator.calls().of("s3", "UploadPart")).hasSize(3);
      assertThat(simulator.calls().of("s3"))
          .filteredOn(call -> call.status() == 301)
          .extracting(call -> call.attempt().region())
          .as("each of four clients was sent away")
          .hasSizeGreaterThanOrEqualTo(4)
          .containsOnly("us-west-2");
    }
  }

  private List<String> canary(AwsSimulator simulator, Path good, Path bad) throws Exception {
    Process process =
        Boto3.python("canary.py", simulator.endpoint().toString(), good.toString(), bad.toString());
    List<String> said = new ArrayList<>();
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        BufferedWriter input = process.outputWriter(StandardCharsets.UTF_8)) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        said.add(line);
        if (line.startsWith("CREATED")) {
          simulator
              .traffic()
              .start(
                  "arn:aws:lambda:eu-central-1:444444444444:function:shop:live", 5, () -> "\"x\"");
          input.write("go\n");
          input.flush();
        }
      }
    } finally {
      process.destroy();
    }
    assertThat(process.waitFor()).as(String.join("\n", said)).isZero();
    return said;
  }

  private Path write(String name, String statement) throws IOException {
    byte[] zip =
        Handlers.zip(
            """
            {
              public String handleRequest(String input) {
                %s
              }
            }
            """
                .formatted(statement));
    return Files.write(folder.resolve(name), zip);
  }
}
