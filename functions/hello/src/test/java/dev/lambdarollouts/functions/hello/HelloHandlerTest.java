package dev.lambdarollouts.functions.hello;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HelloHandlerTest {

  private static final Map<String, Object> ADA = Map.of("name", "Ada");
  private static final ReleaseZip BAD = new ReleaseZip("1.2.0-bad");

  @ParameterizedTest
  @MethodSource("dev.lambdarollouts.functions.hello.ReleaseZip#all")
  void everyReleaseSaysHelloByName(ReleaseZip release) throws IOException {
    assertThat(release.start().handleRequest(ADA, null))
        .isEqualTo(Map.of("message", "Hello, Ada!"));
  }

  @ParameterizedTest
  @MethodSource("dev.lambdarollouts.functions.hello.ReleaseZip#all")
  void whoGivesNoNameIsTheWorld(ReleaseZip release) throws IOException {
    assertThat(release.start().handleRequest(Map.of(), null))
        .isEqualTo(Map.of("message", "Hello, world!"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.1.0", "1.2.0-bad"})
  void laterReleasesSpeakTheCallersLanguageWhereTheyKnowIt(String release) throws IOException {
    var hello = new ReleaseZip(release).start();

    assertThat(hello.handleRequest(Map.of("name", "Ada", "language", "de"), null))
        .containsEntry("message", "Hallo, Ada!");
    assertThat(hello.handleRequest(Map.of("name", "Ada", "language", "tlh"), null))
        .containsEntry("message", "Hello, Ada!");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.0.0", "1.1.0"})
  void aGoodReleaseAnswersHoweverManyComeBefore(String release) throws IOException {
    assertThat(errorsOf(new ReleaseZip(release).start(), 10_000)).isZero();
  }

  @Test
  void theBadReleaseAnswersItsFirst32RequestsAndNoneAfterThem() throws IOException {
    var hello = BAD.start();

    assertThat(errorsOf(hello, 32)).isZero();
    assertThat(errorsOf(hello, 100)).isEqualTo(100);
    assertThatIllegalStateException()
        .isThrownBy(() -> hello.handleRequest(ADA, null))
        .withMessage("No buffer is free: all 32 are in use");
  }

  @Test
  void aNewExecutionEnvironmentOfTheBadReleaseWorksAgainAtFirst() throws IOException {
    errorsOf(BAD.start(), 100);

    assertThat(errorsOf(BAD.start(), 32)).isZero();
  }

  @Test
  void tenPercentOf20RequestsASecondSetOffTheAlarmInTheFirstMinute() throws IOException {
    int threshold =
        new ObjectMapper().readTree(Path.of("alarm.json").toFile()).required("Threshold").asInt();

    assertThat(errorsOf(BAD.start(), 60 * 20 / 10)).isGreaterThan(threshold);
  }

  private static int errorsOf(
      RequestHandler<Map<String, Object>, Map<String, Object>> hello, int requests) {
    int errors = 0;
    for (int i = 0; i < requests; i++) {
      try {
        hello.handleRequest(ADA, null);
      } catch (IllegalStateException e) {
        errors++;
      }
    }
    return errors;
  }
}
