package dev.lambdarollouts.simulator.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lambdarollouts.simulator.TestAws;
import dev.lambdarollouts.simulator.protocol.Json;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;

/** Node.js handlers in child processes. */
class NodeHandlerTest {
  private final TestAws aws = new TestAws();
  private final ChildHandlers functions = new ChildHandlers(aws, "node");

  @AfterEach
  void stop() {
    aws.close();
  }

  @Test
  void aModuleOfEitherKindIsFoundByTheHandlersName() {
    functions.node(
        "src/app.nested.handler",
        Map.of("src/app.js", "exports.nested = { handler: async (event) => ({ got: event.a }) };"));
    assertThat(functions.result("{\"a\":[1,null]}")).isEqualTo("{\"got\":[1,null]}");
    aws.lambda.deleteFunction(r -> r.functionName("hello"));

    functions.node(
        "index.handler", Map.of("index.mjs", "export const handler = async () => 'es';"));
    assertThat(functions.result("{}")).isEqualTo("\"es\"");
  }

  @Test
  void stateStaysInAWarmEnvironmentAndVariablesAndContextAreAws() {
    functions.function(
        "nodejs22.x",
        "index.handler",
        Map.of(
            "index.js",
            """
            let calls = 0;
            exports.handler = async (event, context) => ({
              calls: ++calls,
              stage: process.env.STAGE,
              region: process.env.AWS_REGION,
              execution: process.env.AWS_EXECUTION_ENV,
              home: process.env.HOME,
              name: context.functionName,
              version: context.functionVersion,
              arn: context.invokedFunctionArn,
              memory: context.memoryLimitInMB,
              left: context.getRemainingTimeInMillis() > 5000,
              id: context.awsRequestId.length,
            });
            """),
        10,
        Map.of("STAGE", "test"));
    functions.result("{}");

    JsonNode second = Json.read(functions.invoke("{}").payload().asByteArray());
    assertThat(second.toString())
        .isEqualTo(
            "{\"calls\":2,\"stage\":\"test\",\"region\":\"eu-west-1\","
                + "\"execution\":\"AWS_Lambda_nodejs22.x\",\"name\":\"hello\","
                + "\"version\":\"$LATEST\",\"arn\":\""
                + TestAws.arn("hello")
                + "\",\"memory\":\"128\",\"left\":true,\"id\":36}");
    assertThat(functions.living()).isEqualTo(1);
  }

  @Test
  void aCallbackAnswersAndAHandlerWithNothingToSayAnswersNull() {
    functions.node(
        "index.handler",
        Map.of(
            "index.js",
            """
            exports.handler = (event, context, callback) => {
              if (event.silent) return;
              setTimeout(() => callback(null, 'called'), 5);
            };
            """));

    assertThat(functions.result("{}")).isEqualTo("\"called\"");
    assertThat(functions.result("{\"silent\":true}")).isEqualTo("null");
    assertThat(functions.result("{}")).isEqualTo("\"called\"");
  }

  @Test
  void whatIsThrownComesInAwsShape() {
    functions.node(
        "index.handler",
        Map.of(
            "index.js",
            """
            class Broken extends Error { constructor(m) { super(m); this.name = 'Broken'; } }
            exports.handler = async (event) => { throw event.text ? event.text : new Broken('no'); };
            """));

    JsonNode error = functions.error("{}");
    assertThat(error.path("errorType").asText()).isEqualTo("Broken");
    assertThat(error.path("errorMessage").asText()).isEqualTo("no");
    assertThat(error.path("trace").get(0).asText()).isEqualTo("Broken: no");
    assertThat(error.path("trace").get(1).asText()).contains("/var/task/index.js:2");
    assertThat(error).hasSize(3);
    assertThat(functions.error("{\"text\":\"t\"}").toString())
        .isEqualTo("{\"errorType\":\"string\",\"errorMessage\":\"t\",\"trace\":[]}");
  }

  @Test
  void codeThatCannotBeLoadedSaysWhy() {
    functions.node("other.handler", Map.of("index.js", "exports.handler = 1;"));
    assertThat(functions.error("{}").path("errorType").asText())
        .isEqualTo("Runtime.ImportModuleError");
    aws.lambda.updateFunctionConfiguration(r -> r.functionName("hello").handler("index.none"));
    aws.settle();
    assertThat(functions.error("{}").path("errorMessage").asText())
        .isEqualTo("index.none is undefined or not exported");
    assertThat(functions.error("{}").path("errorType").asText())
        .isEqualTo("Runtime.HandlerNotFound");
    aws.lambda.deleteFunction(r -> r.functionName("hello"));

    functions.node("index.handler", Map.of("index.js", "exports.handler = ("));
    assertThat(functions.error("{}").path("errorType").asText())
        .isEqualTo("Runtime.UserCodeSyntaxError");
  }

  @Test
  void anUnhandledRejectionAndAnExitEndTheEnvironmentAndTheNextRunIsCold() {
    functions.node(
        "index.handler",
        Map.of(
            "index.js",
            """
            exports.handler = async (event) => {
              if (event.exit !== undefined) process.exit(event.exit);
              if (event.reject) { Promise.reject(new Error('late')); await new Promise(() => {}); }
              return 'fine';
            };
            """));

    JsonNode exited = functions.error("{\"exit\":3}");
    assertThat(exited.path("errorType").asText()).isEqualTo("Runtime.ExitError");
    assertThat(exited.path("errorMessage").asText())
        .matches("RequestId: \\S{36} Error: Runtime exited with error: exit status 3");
    JsonNode rejected = functions.error("{\"reject\":true}");
    assertThat(rejected.path("errorType").asText()).isEqualTo("Runtime.UnhandledPromiseRejection");
    assertThat(rejected.path("errorMessage").asText()).isEqualTo("Error: late");
    assertThat(functions.result("{}")).isEqualTo("\"fine\"");
  }

  @Test
  void whatTheHandlerLogsIsInTheTailBetweenStartAndEnd() {
    functions.node(
        "index.handler",
        Map.of(
            "index.js",
            """
            exports.handler = async () => {
              console.log('one %d', 1);
              process.stdout.write('raw ');
              console.error('two');
            };
            """));

    InvokeResponse response = functions.invoke("{}");
    assertThat(ChildHandlers.log(response))
        .matches(
            """
            (?s)START RequestId: (\\S+) Version: \\$LATEST
            \\S+Z\t\\1\tINFO\tone 1
            raw \\S+Z\t\\1\tERROR\ttwo
            END RequestId: \\1
            REPORT RequestId: \\1\t.*\tInit Duration: [0-9.]+ ms\t
            """);
    assertThat(ChildHandlers.log(functions.invoke("{}"))).doesNotContain("Init Duration");
  }
}
