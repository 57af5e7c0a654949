package dev.lambdarollouts.simulator.lambda;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.lambdarollouts.simulator.TestAws;
import dev.lambdarollouts.simulator.Zips;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;

/** Child processes live no longer than their execution environments. */
@Timeout(value = 60, unit = SECONDS)
class ChildProcessTest {
  /** Answers with a word and with the folder in which it runs. */
  private static final String OLD =
      """
      import os
      def handler(event, context):
          return "old " + os.environ["LAMBDA_TASK_ROOT"]
      """;

  @TempDir private Path signals;

  private final TestAws aws = new TestAws();
  private final ChildHandlers functions = new ChildHandlers(aws, "python3");

  @AfterEach
  void stop() {
    aws.close();
  }

  @Test
  void aTimeOutKillsTheChildAndWhatItStarted() {
    functions.function(
        "python3.13",
        "handler.handler",
        Map.of(
            "handler.py",
            """
            import subprocess, sys, time
            def handler(event, context):
                own = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
                print("started", own.pid)
                time.sleep(600)
            """),
        2,
        Map.of());

    var response = functions.invoke("{}");
    assertThat(response.payload().asUtf8String())
        .matches(
            "\\{\"errorType\":\"Sandbox.Timedout\",\"errorMessage\":\"RequestId: \\S{36} Error:"
                + " Task timed out after 2.00 seconds\"}");
    String log = ChildHandlers.log(response);
    assertThat(log).contains("Status: timeout");
    long grandchild = Long.parseLong(log.replaceAll("(?s).*started (\\d+)\n.*", "$1"));
    await().until(() -> ChildHandlers.hasEnded(grandchild));
    assertThat(functions.living()).isZero();
  }

  @Test
  void newCodeEndsTheOldChildAndItsFolder() {
    functions.python("handler.handler", OLD);
    String old = functions.result("{}");
    assertThat(folder(old)).isDirectory();

    aws.lambda.updateFunctionCode(
        r ->
            r.functionName("hello")
                .zipFile(SdkBytes.fromByteArray(Zips.of("handler.py", OLD.replace("old", "new")))));
    assertThat(functions.result("{}")).isEqualTo(old);
    assertThat(functions.living()).isEqualTo(1);
    aws.settle();

    assertThat(functions.living()).isZero();
    assertThat(folder(old)).doesNotExist();
    String renewed = functions.result("{}");
    assertThat(renewed).startsWith("\"new ");
    aws.lambda.deleteFunction(r -> r.functionName("hello"));
    assertThat(functions.living()).isZero();
    assertThat(folder(renewed)).doesNotExist();
  }

  @Test
  void deletingAFunctionEndsTheChildrenOfAllItsVersions() {
    functions.python("handler.handler", OLD);
    aws.lambda.publishVersion(r -> r.functionName("hello"));
    functions.result("{}");
    aws.lambda.invoke(r -> r.functionName("hello:1"));
    assertThat(functions.living()).isEqualTo(2);

    aws.lambda.deleteFunction(r -> r.functionName("hello"));

    assertThat(functions.living()).isZero();
  }

  @Test
  void closingTheSimulatorEndsChildrenThatAreBusyToo() throws Exception {
    functions.function(
        "python3.13",
        "handler.handler",
        Map.of(
            "handler.py",
            """
            import os, time
            def handler(event, context):
                with open(event + ".part", "w") as busy:
                    busy.write(os.environ["LAMBDA_TASK_ROOT"])
                os.rename(event + ".part", event)
                time.sleep(600)
            """),
        60,
        Map.of());
    Path busy = signals.resolve("busy");
    Thread caller =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    functions.invoke("\"" + busy + "\"");
                  } catch (RuntimeException e) {
                    // The connection is cut when the simulator closes.
                  }
                });
    await().until(() -> Files.exists(busy));
    Path task = Path.of(Files.readString(busy));
    assertThat(task).isDirectory();
    assertThat(functions.living()).isEqualTo(1);

    aws.close();
    caller.join();

    await().atMost(Duration.ofSeconds(10)).until(() -> functions.living() == 0);
    await().until(() -> !Files.exists(task));
  }

  @Test
  void concurrentRunsHaveChildrenOfTheirOwn() throws Exception {
    functions.python(
        "handler.handler",
        """
        import os, time
        def handler(event, context):
            open(event + "/" + str(os.getpid()), "w").close()
            while len(os.listdir(event)) < 2:
                time.sleep(0.01)
            return os.getpid()
        """);
    String event = "\"" + signals + "\"";
    List<String> pids = new CopyOnWriteArrayList<>();
    List<Thread> callers =
        List.of(
            Thread.ofVirtual().start(() -> pids.add(functions.result(event))),
            Thread.ofVirtual().start(() -> pids.add(functions.result(event))));
    for (Thread caller : callers) {
      caller.join();
    }

    assertThat(pids).doesNotHaveDuplicates().hasSize(2);
    assertThat(functions.living()).isEqualTo(2);
  }

  private static Path folder(String result) {
    return Path.of(result.replaceAll("^\"\\w+ (.*)\"$", "$1"));
  }
}
