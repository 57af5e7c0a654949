package dev.lambdarollouts.app.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.ContextInitializer;
import ch.qos.logback.core.joran.spi.JoranException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lambdarollouts.app.configuration.OperatorConfiguration.Log;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

class LogOutputTest {

  private final PrintStream before = System.out;
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final Logger log = LoggerFactory.getLogger("dev.lambdarollouts.Shop");

  @AfterEach
  void restore() throws JoranException {
    System.setOut(before);
    MDC.clear();
    LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    context.reset();
    new ContextInitializer(context).autoConfig();
  }

  @Test
  void aJsonLineCarriesTheRolloutAndTheKeyValuePairs() throws Exception {
    write(Log.Level.INFO, Log.Format.JSON);
    MDC.put("resource.namespace", "shop");
    MDC.put("resource.name", "hello");
    log.atInfo().addKeyValue("stage", "prod").log("shifted to {}", "30%");

    JsonNode line = new ObjectMapper().readTree(text());
    assertThat(line.path("message").asText()).isEqualTo("shifted to 30%");
    assertThat(line.path("level").asText()).isEqualTo("INFO");
    assertThat(line.path("namespace").asText()).isEqualTo("shop");
    assertThat(line.path("name").asText()).isEqualTo("hello");
    assertThat(line.path("stage").asText()).isEqualTo("prod");
    assertThat(line.path("time").asText()).matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
  }

  @Test
  void aConsoleLineIsForPeople() {
    write(Log.Level.INFO, Log.Format.CONSOLE);
    log.info("without context");
    MDC.put("resource.namespace", "shop");
    MDC.put("resource.name", "hello");
    log.atWarn().addKeyValue("stage", "prod").log("held");

    assertThat(text().lines())
        .satisfiesExactly(
            line ->
                assertThat(line).matches("\\S+ INFO  dev\\.lambdarollouts\\.Shop +without context"),
            line ->
                assertThat(line)
                    .matches(
                        "\\S+ WARN  dev\\.lambdarollouts\\.Shop +\\[shop/hello\\] held"
                            + " stage=\"prod\""));
  }

  @Test
  void linesBelowTheLevelAreNotWritten() {
    write(Log.Level.WARN, Log.Format.JSON);
    log.info("not this");
    log.warn("this");

    assertThat(text()).contains("this").doesNotContain("not this");
  }

  private void write(Log.Level level, Log.Format format) {
    System.setOut(new PrintStream(output, true, StandardCharsets.UTF_8));
    LogOutput.write(new Log(level, format));
  }

  private String text() {
    return output.toString(StandardCharsets.UTF_8);
  }
}
