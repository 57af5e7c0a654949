package dev.lambdarollouts.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The simulator as a process of its own. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class AwsSimulatorMainTest {

  @Test
  void itListensSaysWhereAndEndsOnATermination() throws Exception {
    Process process = start("--port", "0", "--account", "123456789012", "--time-factor", "10");
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      String line = output.readLine();
      while (line != null && !line.startsWith("aws-simulator listens on ")) {
        line = output.readLine();
      }
      URI endpoint =
          URI.create(String.valueOf(line).substring("aws-simulator listens on ".length()));
      RawClient client = new RawClient(endpoint, "AKIAIOSFODNN7EXAMPLE", "sts");

      assertThat(
              new String(
                  client.send("POST", "/", "Action=GetCallerIdentity").body(),
                  StandardCharsets.UTF_8))
          .contains("<Account>123456789012</Account>");
    } finally {
      process.destroy();
    }
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void helpNamesEveryOption() throws Exception {
    Process process = start("--help");
    String help = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).isZero();
    assertThat(help)
        .contains("--port", "--time-factor", "--account", "--quotas", "--seed", "--help");
  }

  @Test
  void anUnknownOptionIsToldAndEndsIt() throws Exception {
    Process process = start("--nonsense");
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).isEqualTo(2);
    assertThat(output).contains("Unknown option: '--nonsense'");
  }

  private static Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add("dev.lambdarollouts.simulator.AwsSimulatorMain");
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }
}
