package dev.lambdarollouts.simulator.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lambdarollouts.simulator.TestAws;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Python handlers in child processes. */
class PythonHandlerTest {
  private final TestAws aws = new TestAws();
  private final ChildHandlers functions = new ChildHandlers(aws, "python3");

  @AfterEach
  void stop() {
    aws.close();
  }

  @Test
  void aHandlerInAPackageGetsEventContextAndVariables() {
    functions.python(
        "pkg/app.handler",
        """
        import os
        calls = 0
        def handler(event, context):
            global calls
            calls += 1
            return {"calls": calls, "event": event, "arn": context.invoked_function_arn,
                    "version": context.function_version, "memory": context.memory_limit_in_mb,
                    "region": os.environ["AWS_REGION"], "home": os.environ.get("HOME"),
                    "file": os.path.exists(os.environ["LAMBDA_TASK_ROOT"] + "/pkg/app.py"),
                    "left": context.get_remaining_time_in_millis() > 5000}
        """);
    functions.result("{}");

    assertThat(functions.result("{\"ü\":1.50}"))
        .isEqualTo(
            "{\"calls\": 2, \"event\": {\"\\u00fc\": 1.5}, \"arn\": \""
                + TestAws.arn("hello")
                + "\", \"version\": \"$LATEST\", \"memory\": \"128\", \"region\": \"eu-west-1\","
                + " \"home\": null, \"file\": true, \"left\": true}");
    assertThat(functions.living()).isEqualTo(1);
  }

  @Test
  void whatIsRaisedComesInAwsShape() {
    functions.python(
        "handler.handler",
        """
        def handler(event, context):
            raise ValueError("Handler fails")
        """);

    JsonNode error = functions.error("{}");
    assertThat(error.path("errorMessage").asText()).isEqualTo("Handler fails");
    assertThat(error.path("errorType").asText()).isEqualTo("ValueError");
    assertThat(error.path("requestId").asText()).hasSize(36);
    assertThat(error.path("stackTrace").toString())
        .isEqualTo(
            "[\"  File \\\"/var/task/handler.py\\\", line 2, in handler\\n"
                + "    raise ValueError(\\\"Handler fails\\\")\\n\"]");
    assertThat(error).hasSize(4);
    assertThat(ChildHandlers.log(functions.invoke("{}")))
        .contains("[ERROR] ValueError: Handler fails\nTraceback (most recent call last):\n");
  }

  @Test
  void codeThatCannotBeLoadedSaysWhy() {
    functions.python("handler.handler", "import nowhere_to_be_found\n");
    assertThat(functions.error("{}").path("errorMessage").asText())
        .isEqualTo("Unable to import module 'handler': No module named 'nowhere_to_be_found'");
    aws.lambda.deleteFunction(r -> r.functionName("hello"));

    functions.python("handler.none", "");
    JsonNode missing = functions.error("{}");
    assertThat(missing.path("errorType").asText()).isEqualTo("Runtime.HandlerNotFound");
    assertThat(missing.path("errorMessage").asText())
        .isEqualTo("Handler 'none' missing on module 'handler'");
    aws.lambda.deleteFunction(r -> r.functionName("hello"));

    functions.python("handler.handler", "raise Exception('Runtime startup fails')\n");
    JsonNode broken = functions.error("{}");
    assertThat(broken.path("errorMessage").asText()).isEqualTo("Runtime startup fails");
    assertThat(broken.path("requestId").asText()).isEmpty();
    aws.lambda.deleteFunction(r -> r.functionName("hello"));

    functions.python("handler.handler", "def handler(:\n");
    assertThat(functions.error("{}").path("errorType").asText())
        .isEqualTo("Runtime.UserCodeSyntaxError");
  }

  @Test
  void whatCannotBeWrittenAsJsonIsAMarshalError() {
    functions.python("handler.handler", "def handler(event, context):\n    return {1, 2}\n");

    assertThat(functions.error("{}").path("errorMessage").asText())
        .isEqualTo("Unable to marshal response: Object of type set is not JSON serializable");
  }

  @Test
  void anExitIsARuntimeErrorThatTheReportTells() {
    functions.python(
        "handler.handler",
        """
        import sys
        def handler(event, context):
            print("going")
            sys.exit(1)
        """);

    assertThat(functions.error("{}").path("errorType").asText()).isEqualTo("Runtime.ExitError");
    assertThat(ChildHandlers.log(functions.invoke("{}")))
        .contains("going\nEND")
        .contains("\tStatus: error\tError Type: Runtime.ExitError\n");
  }

  @Test
  void loggingHasLevelAndRequestId() {
    functions.python(
        "handler.handler",
        """
        import logging
        logging.getLogger().setLevel(logging.INFO)
        def handler(event, context):
            logging.info("hello %s", "there")
        """);

    assertThat(ChildHandlers.log(functions.invoke("{}")))
        .containsPattern("\\[INFO\\]\t\\S+Z\t\\S{36}\thello there\n");
  }
}
