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
import software.amazon.awssdk.core.SdkBytes;

/** Child processes live no longer than their execution environments. */
@Timeout(value = 60, unit = SECONDS)
class ChildProcessTest {
  private static final String ECHO = "def handler(event, context):\n    return 'old'\n";

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
        1,
        Map.of());

    var response = functions.invoke("{}");
    assertThat(response.payload().asUtf8String())
        .matches(
            "\\{\"errorType\":\"Sandbox.Timedout\",\"errorMessage\":\"RequestId: \\S{36} Error:"
                + " Task timed out after 1.00 seconds\"}");
    String log = ChildHandlers.log(response);
    assertThat(log).contains("Status: timeout");
    long grandchild = Long.parseLong(log.replaceAll("(?s).*started (\\d+)\n.*", "$1"));
    await().until(() -> !ProcessHandle.of(grandchild).map(ProcessHandle::isAlive).orElse(false));
    assertThat(functions.living()).isZero();
  }

  @Test
  void newCodeEndsTheOldChildAndItsFolder() throws Exception {
    List<Path> before = ChildHandlers.folders();
    functions.python("handler.handler", ECHO);
    assertThat(functions.result("{}")).isEqualTo("\"old\"");

    aws.lambda.updateFunctionCode(
        r ->
            r.functionName("hello")
                .zipFile(
                    SdkBytes.fromByteArray(Zips.of("handler.py", ECHO.replace("old", "new")))));
    assertThat(functions.result("{}")).isEqualTo("\"old\"");
    assertThat(functions.living()).isEqualTo(1);
    aws.settle();

    assertThat(functions.living()).isZero();
    assertThat(functions.result("{}")).isEqualTo("\"new\"");
    aws.lambda.deleteFunction(r -> r.functionName("hello"));
    assertThat(functions.living()).isZero();
    assertThat(ChildHandlers.folders()).isEqualTo(before);
  }

  @Test
  void closingTheSimulatorEndsChildrenThatAreBusyToo() throws Exception {
    List<Path> before = ChildHandlers.folders();
    functions.function(
        "python3.13",
        "handler.handler",
        Map.of(
            "handler.py",
            """
            import time
            def handler(event, context):
                open(event, "w").close()
                time.sleep(600)
            """),
        60,
        Map.of());
    Path busy = Path.of(System.getProperty("java.io.tmpdir"), "busy-" + System.nanoTime());
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
    await().until(() -> Files.deleteIfExists(busy));
    assertThat(functions.living()).isEqualTo(1);

    aws.close();
    caller.join();

    await().atMost(Duration.ofSeconds(10)).until(() -> functions.living() == 0);
    await().untilAsserted(() -> assertThat(ChildHandlers.folders()).isEqualTo(before));
  }

  @Test
  void concurrentRunsHaveChildrenOfTheirOwn() throws Exception {
    functions.python(
        "handler.handler",
        """
        import os, time
        def handler(event, context):
            while not os.path.exists(event["file"]):
                time.sleep(0.01)
            return os.getpid()
        """);
    Path file = Path.of(System.getProperty("java.io.tmpdir"), "go-" + System.nanoTime());
    String event = "{\"file\":\"" + file + "\"}";
    List<String> pids = new CopyOnWriteArrayList<>();
    List<Thread> callers =
        List.of(
            Thread.ofVirtual().start(() -> pids.add(functions.result(event))),
            Thread.ofVirtual().start(() -> pids.add(functions.result(event))));
    await().until(() -> functions.living() == 2);
    Files.createFile(file);
    for (Thread caller : callers) {
      caller.join();
    }
    Files.delete(file);

    assertThat(pids).doesNotHaveDuplicates().hasSize(2);
  }
}
