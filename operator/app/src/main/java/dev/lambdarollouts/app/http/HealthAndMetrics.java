package dev.lambdarollouts.app.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers {@code GET /healthz}, {@code /readyz} and {@code /metrics}. */
public final class HealthAndMetrics implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(HealthAndMetrics.class);
  private static final String TEXT = "text/plain; charset=utf-8";

  /** Prometheus' text format. */
  private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private HealthAndMetrics(HttpServer server) {
    this.server = server;
  }

  /**
   * Begins to answer.
   *
   * @param port 0 takes a free one
   * @throws IllegalStateException when the port cannot be had
   */
  public static HealthAndMetrics start(
      int port, Supplier<Health> health, Supplier<String> metrics) {
    HttpServer server;
    try {
      server = HttpServer.create(new InetSocketAddress(port), 0);
    } catch (IOException e) {
      throw new IllegalStateException(
          "lambda-rollouts.http-port: found "
              + port
              + ", which cannot be had ("
              + e.getMessage()
              + "); give a free port, or 0 for any",
          e);
    }
    HealthAndMetrics answering = new HealthAndMetrics(server);
    answering.answer("/healthz", health, Health::alive);
    answering.answer("/readyz", health, Health::ready);
    answering.context(
        "/metrics",
        exchange -> reply(exchange, HttpURLConnection.HTTP_OK, PROMETHEUS, metrics.get()));
    server.setExecutor(answering.threads);
    server.start();
    return answering;
  }

  /** Where it answers. */
  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private interface Question {
    boolean ask(Health health);
  }

  private interface Answer {
    void give(HttpExchange exchange) throws IOException;
  }

  private void answer(String path, Supplier<Health> health, Question question) {
    context(
        path,
        exchange -> {
          Health now = health.get();
          int status =
              question.ask(now) ? HttpURLConnection.HTTP_OK : HttpURLConnection.HTTP_UNAVAILABLE;
          reply(exchange, status, TEXT, now.text() + "\n");
        });
  }

  private void context(String path, Answer answer) {
    server.createContext(
        path,
        exchange -> {
          try (exchange) {
            if (!exchange.getRequestURI().getPath().equals(path)) {
              reply(exchange, HttpURLConnection.HTTP_NOT_FOUND, TEXT, "no such page\n");
            } else if (!exchange.getRequestMethod().equals("GET")) {
              exchange.getResponseHeaders().set("Allow", "GET");
              reply(exchange, HttpURLConnection.HTTP_BAD_METHOD, TEXT, "only GET\n");
            } else {
              answer.give(exchange);
            }
          } catch (RuntimeException e) {
            LOG.warn("could not answer {}", path, e);
            throw e;
          }
        });
  }

  private static void reply(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
