package dev.lambdarollouts.simulator.lambda;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lambdarollouts.simulator.Machine;
import dev.lambdarollouts.simulator.RawClient;
import dev.lambdarollouts.simulator.TestAws;
import dev.lambdarollouts.simulator.Zips;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A simulator that is killed leaves no child process and no folder behind. */
@Timeout(value = 60, unit = SECONDS)
class KilledSimulatorTest {
  private static final String PYTHON =
      """
      import os
      def handler(event, context):
          return {"pid": os.getpid(), "task": os.environ["LAMBDA_TASK_ROOT"]}
      """;
  private static final String NODE =
      """
      exports.handler = async () => ({ pid: process.pid, task: process.env.LAMBDA_TASK_ROOT });
      """;

  @ParameterizedTest
  @CsvSource({"python3, python3.13, index.py", "node, nodejs22.x, index.js"})
  void aChildEndsWithASimulatorThatIsKilled(String interpreter, String runtime, String file)
      throws Exception {
    Machine.assumeHas(interpreter);
    Process simulator = start();
    try {
      RawClient raw = new RawClient(endpoint(simulator), TestAws.ACCOUNT, "lambda");
      JsonNode child = invoke(raw, runtime, file, interpreter.equals("node") ? NODE : PYTHON);
      Path task = Path.of(child.path("task").asText());
      assertThat(task).isDirectory();

      simulator.destroyForcibly();

      await().until(() -> ChildHandlers.hasEnded(child.path("pid").asLong()));
      assertThat(Files.exists(task)).isFalse();
    } finally {
      simulator.destroyForcibly().waitFor();
    }
  }

  @Test
  void aProcessThatRunsHasNotEnded() {
    assertThat(ChildHandlers.hasEnded(ProcessHandle.current().pid())).isFalse();
  }

  private static JsonNode invoke(RawClient raw, String runtime, String file, String code) {
    String path = "/2015-03-31/functions";
    String zip = Base64.getEncoder().encodeToString(Zips.of(file, code));
    raw.json(
        "POST",
        path,
        "{\"FunctionName\":\"f\",\"Handler\":\"index.handler\",\"Role\":\""
            + TestAws.ROLE
            + "\",\"Runtime\":\""
            + runtime
            + "\",\"Timeout\":20,\"Code\":{\"ZipFile\":\""
            + zip
            + "\"}}");
    await()
        .until(
            () ->
                raw.json("GET", path + "/f/configuration", "")
                    .path("State")
                    .asText()
                    .equals("Active"));
    return raw.json("POST", path + "/f/invocations", "{}");
  }

  private static URI endpoint(Process process) throws IOException {
    BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
    String said = "aws-simulator listens on ";
    String line = output.readLine();
    while (line != null && !line.startsWith(said)) {
      line = output.readLine();
    }
    return URI.create(String.valueOf(line).substring(said.length()));
  }

  private static Process start() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            "dev.lambdarollouts.simulator.AwsSimulatorMain",
            "--port",
            "0",
            "--time-factor",
            "100")
        .redirectErrorStream(true)
        .start();
  }
}
