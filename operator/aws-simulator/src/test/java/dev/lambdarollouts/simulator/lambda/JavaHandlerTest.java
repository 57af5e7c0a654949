package dev.lambdarollouts.simulator.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.simulator.Handlers;
import dev.lambdarollouts.simulator.TestAws;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;

/** Handlers are the Java classes of the uploaded package. */
class JavaHandlerTest {
  private final TestAws aws = new TestAws();

  @AfterEach
  void stop() {
    aws.close();
  }

  @Test
  void aRequestHandlerGetsItsInputAsItsTypeAndItsResultGoesOutAsJson() {
    function(
        """
        implements RequestHandler<Map<String, Object>, Map<String, Object>> {
          public Map<String, Object> handleRequest(Map<String, Object> input, Context context) {
            return Map.of("hello", input.get("name"), "version", context.getFunctionVersion(),
                "arn", context.getInvokedFunctionArn(), "memory", context.getMemoryLimitInMB());
          }
        }
        """,
        "app.Handler");

    InvokeResponse response = invoke("{\"name\":\"Ada\"}");

    assertThat(response.functionError()).isNull();
    assertThat(response.executedVersion()).isEqualTo("$LATEST");
    assertThat(response.payload().asUtf8String())
        .contains("\"hello\":\"Ada\"")
        .contains("\"version\":\"$LATEST\"")
        .contains("\"arn\":\"" + TestAws.arn("hello") + "\"")
        .contains("\"memory\":128");
  }

  @Test
  void aStreamHandlerReadsAndWritesBytes() {
    function(
        """
        implements RequestStreamHandler {
          public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
            out.write("\\"".getBytes());
            in.transferTo(out);
            out.write("\\"".getBytes());
          }
        }
        """,
        "app.Handler::handleRequest");

    assertThat(invoke("42").payload().asUtf8String()).isEqualTo("\"42\"");
  }

  @Test
  void aPlainMethodWithATypeOfItsOwnIsEnough() {
    function(
        """
        {
          public static class Order { public int count; public String item; }
          public String order(Order order) { return order.count + " x " + order.item; }
        }
        """,
        "app.Handler::order");

    assertThat(invoke("{\"count\":2,\"item\":\"tea\",\"else\":1}").payload().asUtf8String())
        .isEqualTo("\"2 x tea\"");
  }

  @Test
  void anExceptionIsAFunctionErrorWithItsTypeAndTrace() {
    function(
        """
        {
          public String handleRequest(Map<String, Object> input) {
            throw new IllegalStateException("no stock");
          }
        }
        """,
        "app.Handler");

    InvokeResponse response = invoke("{}");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.functionError()).isEqualTo("Unhandled");
    assertThat(response.payload().asUtf8String())
        .contains("\"errorMessage\":\"no stock\"")
        .contains("\"errorType\":\"java.lang.IllegalStateException\"")
        .contains("app.Handler.handleRequest");
  }

  @Test
  void aHandlerThatDoesNotEndIsTimedOut() {
    aws.create(
        "hello",
        request ->
            request
                .runtime("java25")
                .handler("app.Handler")
                .timeout(1)
                .code(
                    code ->
                        code.zipFile(
                            SdkBytes.fromByteArray(
                                Handlers.zip(
                                    """
                                    {
                                      public String handleRequest(Map<String, Object> input) throws Exception {
                                        new java.util.concurrent.CountDownLatch(1).await();
                                        return "";
                                      }
                                    }
                                    """)))));

    InvokeResponse response = invoke("{}");

    assertThat(response.functionError()).isEqualTo("Unhandled");
    assertThat(response.payload().asUtf8String())
        .contains("\"errorType\":\"Sandbox.Timedout\"")
        .contains("Error: Task timed out after 1.00 seconds");
  }

  @Test
  void aHandlerThatIsNotThereIsAFunctionError() {
    function("{ }", "app.Other");

    assertThat(invoke("{}").payload().asUtf8String())
        .contains("\"errorType\":\"java.lang.ClassNotFoundException\"");
  }

  private void function(String classBody, String handler) {
    aws.create(
        "hello",
        request ->
            request
                .runtime("java25")
                .handler(handler)
                .timeout(30)
                .code(code -> code.zipFile(SdkBytes.fromByteArray(Handlers.zip(classBody)))));
  }

  private InvokeResponse invoke(String payload) {
    return aws.lambda.invoke(
        request -> request.functionName("hello").payload(SdkBytes.fromUtf8String(payload)));
  }
}
