package dev.lambdarollouts.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the page tells at first sight; {@link ControlApiTest} has it with functions and alarms. */
class ControlPageTest {
  private final TestAws aws = new TestAws();
  private final TestControl control = new TestControl(aws);

  @AfterEach
  void stop() {
    aws.close();
  }

  @Test
  void anEmptyOneSaysHowToBeginAndItIsReadAgainByItself() {
    assertThat(page())
        .contains("<meta http-equiv=\"refresh\" content=\"5\">")
        .contains(
            "<pre>export AWS_ENDPOINT_URL="
                + aws.simulator.endpoint()
                + " AWS_ACCESS_KEY_ID=111111111111 AWS_SECRET_ACCESS_KEY=any AWS_REGION=eu-west-1"
                + " AWS_DEFAULT_REGION=eu-west-1</pre>")
        .doesNotContain("is down", "Loads", "Faults");
    aws.create("hello");
    assertThat(page()).doesNotContain("<pre>");
  }

  @Test
  void faultsAndLoadsHaveTheirNumbersAndAnOutageStandsUnderTheTitle() {
    aws.create("hello");
    control.post("traffic", "{\"function\":\"hello\",\"requestsPerSecond\":2}", 201);
    control.post("faults", "{\"fault\":\"delay\",\"realSeconds\":1,\"times\":7}", 201);
    control.post("faults", "{\"fault\":\"down\",\"forSeconds\":60}", 201);

    assertThat(page())
        .contains(
            "<h1>aws-simulator</h1>\n<p class=bad>The endpoint is down: every connection is cut,"
                + " until 2026-01-05T10:01:05Z</p>")
        .contains("<td class=whole>1</td><td class=whole>delay</td><td class=long>every call</td>")
        .contains("7 left", "<td class=whole>2</td><td class=whole>down</td>")
        .contains(
            "Loads (1)",
            "<td class=whole>1</td><td class=long>hello</td>" + "<td class=whole>2.0</td>");

    control.post("faults", "{\"fault\":\"down\"}", 201);
    assertThat(page()).contains("every connection is cut, until the fault is removed</p>");
    control.delete("faults");
    assertThat(page()).doesNotContain("is down");
  }

  private String page() {
    return control.send("GET", "", "").body();
  }
}
