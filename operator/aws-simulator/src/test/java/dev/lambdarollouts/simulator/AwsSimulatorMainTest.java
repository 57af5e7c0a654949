package dev.lambdarollouts.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The simulator as a process of its own. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class AwsSimulatorMainTest {

  @Test
  void itListensSaysWhereAndEndsOnATermination() throws Exception {
    Process process = start("--port", "0", "--account", "123456789012", "--time-factor", "10");
    try {
      BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
      URI endpoint = endpoint(output);
      assertThat(output.readLine())
          .isEqualTo(
              "  export AWS_ENDPOINT_URL="
                  + endpoint
                  + " AWS_ACCESS_KEY_ID=123456789012 AWS_SECRET_ACCESS_KEY=any"
                  + " AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-east-1");
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
  void aTerminationWritesTheDataFileAndTheNextProcessReadsIt(@TempDir Path folder)
      throws Exception {
    Path file = folder.resolve("state.zip");
    Process first = start("--port", "0", "--data-file", file.toString());
    RawClient s3 = new RawClient(endpoint(first), "123456789012", "s3");
    s3.send("PUT", "/code", "");
    assertThat(s3.send("PUT", "/code/key", "content").statusCode()).isEqualTo(200);
    first.destroy();
    assertThat(first.waitFor(20, TimeUnit.SECONDS)).isTrue();

    Process second = start("--port", "0", "--data-file", file.toString());
    try {
      RawClient again = new RawClient(endpoint(second), "123456789012", "s3");
      assertThat(new String(again.send("GET", "/code/key", "").body(), StandardCharsets.UTF_8))
          .isEqualTo("content");
    } finally {
      second.destroy();
    }
    assertThat(second.waitFor(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aDataFileThatIsNoneEndsItWithAMessage(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("state.zip"), "nonsense");
    Process process = start("--port", "0", "--data-file", file.toString());
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).isEqualTo(1);
    assertThat(output).contains("state.zip is not a whole data file of aws-simulator");
  }

  @Test
  void helpNamesEveryOption() throws Exception {
    Process process = start("--help");
    String help = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).isZero();
    assertThat(help)
        .contains("--port", "--time-factor", "--account", "--quotas", "--seed", "--help")
        .contains("--address", "--region", "--data-file=FILE", "/_simulator")
        .contains("counted in simulated time");
  }

  @Test
  void anUnknownOptionIsToldAndEndsIt() throws Exception {
    Process process = start("--nonsense");
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).isEqualTo(2);
    assertThat(output).contains("Unknown option: '--nonsense'");
  }

  /** Leaves the output open, as a pipe that is closed would disturb the process. */
  private static URI endpoint(Process process) throws IOException {
    return endpoint(process.inputReader(StandardCharsets.UTF_8));
  }

  private static URI endpoint(BufferedReader output) throws IOException {
    String line = output.readLine();
    while (line != null && !line.startsWith("aws-simulator listens on ")) {
      line = output.readLine();
    }
    return URI.create(String.valueOf(line).substring("aws-simulator listens on ".length()));
  }

  @Test
  void anOptionOutOfItsBoundsIsToldInOneLine() throws Exception {
    Process process = start("--port", "0", "--time-factor", "0");
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).isEqualTo(1);
    assertThat(output.strip())
        .isEqualTo("aws-simulator: The time factor must be above 0 and at most 100000, but is 0.0");
  }

  @Test
  void aPortThatCannotBeHadIsToldWithWhatToDo() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Process process = start("--port", String.valueOf(taken.getLocalPort()));
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

      assertThat(process.waitFor()).isEqualTo(1);
      assertThat(output.strip())
          .isEqualTo(
              "aws-simulator: Cannot listen on port "
                  + taken.getLocalPort()
                  + " of 127.0.0.1 (Address already in use): end what listens there, or name"
                  + " another port or address");
    }
    assertThatThrownBy(() -> AwsSimulator.builder().port(70_000))
        .hasMessage("A port is 1 to 65535, or 0 for any free one, but is 70000");
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
