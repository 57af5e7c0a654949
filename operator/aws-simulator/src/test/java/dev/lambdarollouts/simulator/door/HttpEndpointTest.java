package dev.lambdarollouts.simulator.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** What comes over HTTP when the simulator itself fails, or answers nothing. */
class HttpEndpointTest {

  @Test
  void aDefectIsAnsweredAndNamed() throws Exception {
    HttpResponse<String> response =
        send(
            request -> {
              throw new IllegalStateException("planted");
            });
    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.body())
        .isEqualTo("aws-simulator: java.lang.IllegalStateException: planted");
  }

  @Test
  void anErrorOfOneRequestIsAnsweredToo() throws Exception {
    HttpResponse<String> response =
        send(
            request -> {
              throw new StackOverflowError("planted");
            });
    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(response.body()).isEqualTo("aws-simulator: java.lang.StackOverflowError: planted");
  }

  @Test
  void noReplyCutsTheConnection() {
    assertThatThrownBy(() -> send(request -> null)).isInstanceOf(IOException.class);
  }

  private static HttpResponse<String> send(Reception reception) throws Exception {
    try (HttpEndpoint endpoint = new HttpEndpoint(InetAddress.getLoopbackAddress(), 0, reception);
        HttpClient http = HttpClient.newHttpClient()) {
      endpoint.start();
      return http.send(
          HttpRequest.newBuilder(endpoint.uri()).build(), HttpResponse.BodyHandlers.ofString());
    }
  }
}
