package dev.lambdarollouts.simulator.door;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.lambdarollouts.simulator.protocol.WireReply;
import dev.lambdarollouts.simulator.protocol.WireRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** The HTTP server before the door; a virtual thread per request. */
public final class HttpEndpoint implements AutoCloseable {
  private static final Logger LOG = System.getLogger(HttpEndpoint.class.getName());

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Reception reception;

  /**
   * Binds the port; requests are served after {@link #start}.
   *
   * @param port 0 for any free one
   * @throws UncheckedIOException when the port cannot be had
   */
  public HttpEndpoint(InetAddress address, int port, Reception reception) {
    this.reception = reception;
    // Read once by the JDK's server: without it a small reply waits 40 ms for the client's ACK.
    if (System.getProperty("sun.net.httpserver.nodelay") == null) {
      System.setProperty("sun.net.httpserver.nodelay", "true");
    }
    try {
      this.server = HttpServer.create(new InetSocketAddress(address, port), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot listen on port "
              + port
              + " of "
              + address.getHostAddress()
              + " ("
              + e.getMessage()
              + "): end what listens there, or name another port or address",
          e);
    }
    server.createContext("/", this::handle);
    server.setExecutor(threads);
  }

  public void start() {
    server.start();
  }

  public URI uri() {
    InetSocketAddress bound = server.getAddress();
    String host = bound.getAddress().isAnyLocalAddress() ? "localhost" : bound.getHostString();
    return URI.create("http://" + host + ":" + bound.getPort());
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      WireReply reply = serve(exchange);
      if (reply != null) {
        write(exchange, reply);
      }
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "The client went away", e);
    }
  }

  private @Nullable WireReply serve(HttpExchange exchange) throws IOException {
    try {
      return reception.serve(read(exchange));
    } catch (RuntimeException | Error e) {
      LOG.log(Level.ERROR, "A defect of aws-simulator: " + exchange.getRequestURI().getPath(), e);
      return new WireReply(500, Map.of(), ("aws-simulator: " + e).getBytes(StandardCharsets.UTF_8));
    }
  }

  private static WireRequest read(HttpExchange exchange) throws IOException {
    Map<String, String> headers = new TreeMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
    byte[] body = exchange.getRequestBody().readAllBytes();
    if ("gzip".equals(headers.get("content-encoding"))) {
      body = new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes();
    }
    URI uri = exchange.getRequestURI();
    return new WireRequest(
        exchange.getRequestMethod(),
        uri.getRawPath(),
        WireRequest.parseQuery(uri.getRawQuery()),
        headers,
        body);
  }

  private static void write(HttpExchange exchange, WireReply reply) throws IOException {
    reply.headers().forEach(exchange.getResponseHeaders()::set);
    boolean head = exchange.getRequestMethod().equals("HEAD");
    if (head) {
      exchange.getResponseHeaders().set("Content-Length", String.valueOf(reply.body().length));
    }
    boolean bodyless = head || reply.status() == 204 || reply.status() == 304;
    if (bodyless || reply.body().length == 0) {
      exchange.sendResponseHeaders(reply.status(), -1);
      return;
    }
    exchange.sendResponseHeaders(reply.status(), reply.body().length);
    exchange.getResponseBody().write(reply.body());
  }
}
