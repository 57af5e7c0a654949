package dev.lambdarollouts.simulator.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lambdarollouts.simulator.Machine;
import dev.lambdarollouts.simulator.TestAws;
import dev.lambdarollouts.simulator.Zips;
import dev.lambdarollouts.simulator.protocol.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.LogType;

/** Functions in Node.js and Python, and what can be seen of their child processes. */
final class ChildHandlers {
  private final TestAws aws;
  private final long before = children();

  ChildHandlers(TestAws aws, String interpreter) {
    this.aws = aws;
    Machine.assumeHas(interpreter);
  }

  /** Creates the function "hello" with files by name. */
  void node(String handler, Map<String, String> files) {
    function("nodejs22.x", handler, files, 10, Map.of());
  }

  void python(String handler, String code) {
    String file = handler.substring(0, handler.lastIndexOf('.')) + ".py";
    function("python3.13", handler, Map.of(file, code), 10, Map.of());
  }

  void function(
      String runtime,
      String handler,
      Map<String, String> files,
      int timeout,
      Map<String, String> variables) {
    Map<String, byte[]> bytes = new LinkedHashMap<>();
    files.forEach((name, text) -> bytes.put(name, text.getBytes(StandardCharsets.UTF_8)));
    aws.create(
        "hello",
        request ->
            request
                .runtime(runtime)
                .handler(handler)
                .timeout(timeout)
                .environment(e -> e.variables(variables))
                .code(code -> code.zipFile(SdkBytes.fromByteArray(Zips.of(bytes)))));
  }

  InvokeResponse invoke(String payload) {
    return aws.lambda.invoke(
        r ->
            r.functionName("hello")
                .logType(LogType.TAIL)
                .payload(SdkBytes.fromUtf8String(payload)));
  }

  /** The result of a run that succeeds. */
  String result(String payload) {
    InvokeResponse response = invoke(payload);
    assertThat(response.functionError()).as(response.payload().asUtf8String()).isNull();
    return response.payload().asUtf8String();
  }

  /** The error object of a run that fails. */
  JsonNode error(String payload) {
    InvokeResponse response = invoke(payload);
    assertThat(response.functionError()).isEqualTo("Unhandled");
    return Json.read(response.payload().asByteArray());
  }

  static String log(InvokeResponse response) {
    return new String(Base64.getDecoder().decode(response.logResult()), StandardCharsets.UTF_8);
  }

  /** How many child processes were started since and still live. */
  long living() {
    return children() - before;
  }

  /** One that nobody has waited for yet still has a number, but runs nothing. */
  static boolean hasEnded(long pid) {
    return ProcessHandle.of(pid).flatMap(handle -> handle.info().command()).isEmpty();
  }

  private static long children() {
    return ProcessHandle.current().descendants().filter(ProcessHandle::isAlive).count();
  }
}
