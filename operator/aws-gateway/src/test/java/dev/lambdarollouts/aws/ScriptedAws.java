package dev.lambdarollouts.aws;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP server that answers as told, one scripted reply a request; STS it answers by itself. For
 * what a faithful AWS never says: broken bodies, lost replies, proxies' pages.
 */
final class ScriptedAws implements AutoCloseable {
  static final String ACCOUNT = "111122223333";

  private final HttpServer server;
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final Deque<Reply> script = new ArrayDeque<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final List<String> stsBodies = new CopyOnWriteArrayList<>();
  private @Nullable Reply stsReply;
  private Reply otherwise = error(400, "NothingScripted", "nothing scripted");

  /** What came in, STS apart. */
  record Request(String line, String body) {}

  /** What goes out; no status: the connection is cut without an answer. */
  record Reply(int status, String contentType, @Nullable String errorType, String body) {}

  ScriptedAws() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(executor);
    server.createContext("/", this::handle);
    server.start();
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  static Reply json(int status, String body) {
    return new Reply(status, "application/json", null, body);
  }

  static Reply error(int status, String type, String message) {
    return new Reply(
        status,
        "application/json",
        type,
        "{\"Message\":\"" + message.replace("\"", "\\\"") + "\"}");
  }

  static Reply html(int status) {
    return new Reply(
        status,
        "text/html",
        null,
        "<html><body><h1>" + status + " from a proxy</h1></body></html>");
  }

  static Reply lost() {
    return new Reply(0, "", null, "");
  }

  synchronized ScriptedAws then(Reply... replies) {
    script.addAll(List.of(replies));
    return this;
  }

  /** What is answered when the script is at its end. */
  synchronized void always(Reply reply) {
    otherwise = reply;
  }

  synchronized void sts(@Nullable Reply reply) {
    stsReply = reply;
  }

  List<Request> requests() {
    return requests;
  }

  List<String> lines() {
    return requests.stream().map(Request::line).toList();
  }

  List<String> stsBodies() {
    return stsBodies;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      URI uri = exchange.getRequestURI();
      boolean sts = body.startsWith("Action=");
      if (sts) {
        stsBodies.add(body);
      } else {
        requests.add(new Request(exchange.getRequestMethod() + " " + uri, body));
      }
      send(exchange, sts ? stsReply(body) : next());
    }
  }

  private synchronized Reply next() {
    Reply reply = script.poll();
    return reply == null ? otherwise : reply;
  }

  private synchronized Reply stsReply(String body) {
    if (stsReply != null) {
      return stsReply;
    }
    return new Reply(
        200, "text/xml", null, body.contains("AssumeRole") ? assumed() : callerIdentity(ACCOUNT));
  }

  static String callerIdentity(String account) {
    return """
    <GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
    <GetCallerIdentityResult><Arn>arn:aws:sts::%1$s:assumed-role/operator/i</Arn>
    <UserId>AROA:i</UserId><Account>%1$s</Account></GetCallerIdentityResult>
    </GetCallerIdentityResponse>\
    """
        .formatted(account);
  }

  private static String assumed() {
    return """
    <AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult>
    <AssumedRoleUser><AssumedRoleId>AROA:i</AssumedRoleId>
    <Arn>arn:aws:sts::111122223333:assumed-role/prod/i</Arn></AssumedRoleUser>
    <Credentials><AccessKeyId>ASIAASSUMED</AccessKeyId><SecretAccessKey>s</SecretAccessKey>
    <SessionToken>t</SessionToken><Expiration>2100-01-01T00:00:00Z</Expiration></Credentials>
    </AssumeRoleResult></AssumeRoleResponse>\
    """;
  }

  static Reply stsError(int status, String code, String message) {
    return new Reply(
        status,
        "text/xml",
        null,
        "<ErrorResponse"
            + " xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><Error><Type>Sender</Type>"
            + "<Code>"
            + code
            + "</Code><Message>"
            + message
            + "</Message></Error><RequestId>r</RequestId></ErrorResponse>");
  }

  private static void send(HttpExchange exchange, Reply reply) throws IOException {
    if (reply.status() == 0) {
      return;
    }
    if (reply.errorType() != null) {
      exchange.getResponseHeaders().add("x-amzn-ErrorType", reply.errorType());
    }
    exchange.getResponseHeaders().add("Content-Type", reply.contentType());
    byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
    executor.shutdownNow();
  }
}
