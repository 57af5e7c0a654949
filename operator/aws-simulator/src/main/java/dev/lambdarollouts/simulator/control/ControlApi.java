package dev.lambdarollouts.simulator.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.simulator.door.Call;
import dev.lambdarollouts.simulator.door.Calls;
import dev.lambdarollouts.simulator.door.Faults;
import dev.lambdarollouts.simulator.door.Reception;
import dev.lambdarollouts.simulator.lambda.DurableExecutions;
import dev.lambdarollouts.simulator.lambda.Traffic;
import dev.lambdarollouts.simulator.protocol.Json;
import dev.lambdarollouts.simulator.protocol.WireReply;
import dev.lambdarollouts.simulator.protocol.WireRequest;
import dev.lambdarollouts.simulator.service.AwsService;
import dev.lambdarollouts.simulator.service.Location;
import dev.lambdarollouts.simulator.time.Timeline;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The simulator's own API under {@code /_simulator}. Only requests without AWS credentials come
 * here, so an object {@code _simulator/x} of a bucket that is named by its host is still S3's; as a
 * bucket's name {@code _simulator} is not allowed on AWS.
 */
public final class ControlApi implements Reception {
  private static final String ROOT = "_simulator";
  private static final Filters NO_FILTERS = new Filters(new TreeMap<>());
  private static final int MOST_CALLS = 10_000;
  private static final int USUAL_CALLS = 200;

  private final KnownCalls known;
  private final Location home;
  private final Faults faults;
  private final FaultBook book;
  private final Calls calls;
  private final Clock clock;
  private final Loads loads;
  private final Executions executions;
  private final Overview overview;

  /**
   * The API of a simulator.
   *
   * @param services those that can be struck by faults
   * @param home the account and region of clients that name none
   */
  public ControlApi(
      Location home,
      List<AwsService> services,
      Faults faults,
      Calls calls,
      Timeline timeline,
      InstantSource source,
      Traffic traffic,
      DurableExecutions executions,
      Overview overview) {
    this.known = new KnownCalls(services);
    this.home = home;
    this.faults = faults;
    this.book = new FaultBook(faults, timeline, known);
    this.calls = calls;
    this.clock = new Clock(source, timeline);
    this.loads = new Loads(traffic);
    this.executions = new Executions(executions);
    this.overview = overview;
  }

  /** Whether a request is for this API and not for AWS. */
  public static boolean concerns(WireRequest request) {
    return (request.path().equals("/" + ROOT) || request.path().startsWith("/" + ROOT + "/"))
        && request.header("Authorization") == null
        && request.queryValue("X-Amz-Credential") == null;
  }

  @Override
  public WireReply serve(WireRequest request) {
    String origin = request.header("Origin");
    if (origin != null && !origin.endsWith("//" + request.header("Host"))) {
      return error(403, "Pages of other origins may not use this API");
    }
    List<String> path =
        request.segments().stream().skip(1).filter(segment -> !segment.isEmpty()).toList();
    try {
      requireKnownParameters(request, path);
      return switch (path.size()) {
        case 0 -> page(request);
        case 1 -> collection(request, path.getFirst());
        case 2 -> item(request, path.getFirst(), number(path.getLast()));
        default -> throw unknown(request);
      };
    } catch (Refusal refusal) {
      return error(refusal.status(), String.valueOf(refusal.getMessage()));
    }
  }

  private WireReply page(WireRequest request) {
    if (!request.method().equals("GET")) {
      throw unknown(request);
    }
    return new WireReply(
        200,
        Map.of(
            "Content-Type",
            "text/html; charset=utf-8",
            "Cache-Control",
            "no-store",
            "Content-Security-Policy",
            "default-src 'none'; style-src 'unsafe-inline'",
            "X-Content-Type-Options",
            "nosniff"),
        new Page(
                overview.state(),
                calls.last(USUAL_CALLS, call -> true),
                book.list(NO_FILTERS),
                loads.list(),
                faults.downUntil(),
                firstStep(request))
            .html()
            .getBytes(StandardCharsets.UTF_8));
  }

  private String firstStep(WireRequest request) {
    return clientVariables("http://" + request.header("Host"), home);
  }

  /** The line of shell that points AWS clients at a simulator. */
  public static String clientVariables(String endpoint, Location home) {
    return "export AWS_ENDPOINT_URL="
        + endpoint
        + " AWS_ACCESS_KEY_ID="
        + home.account()
        + " AWS_SECRET_ACCESS_KEY=any AWS_REGION="
        + home.region()
        + " AWS_DEFAULT_REGION="
        + home.region();
  }

  private WireReply collection(WireRequest request, String name) {
    return switch (request.method() + " " + name) {
      case "GET state" -> reply(200, overview.state());
      case "GET faults" -> reply(200, list("faults", book.list(faultFilters(request))));
      case "POST faults" -> reply(201, book.add(request));
      case "DELETE faults" -> {
        book.removeAll(faultFilters(request));
        yield WireReply.empty(204);
      }
      case "GET calls" -> reply(200, list("calls", lastCalls(request)));
      case "DELETE calls" -> {
        calls.clear();
        yield WireReply.empty(204);
      }
      case "GET time" -> reply(200, clock.show());
      case "POST time" -> reply(200, clock.move(request));
      case "GET traffic" -> reply(200, list("traffic", loads.list()));
      case "POST traffic" -> reply(201, loads.start(request));
      case "DELETE traffic" -> {
        loads.stopAll();
        yield WireReply.empty(204);
      }
      case "GET durable-executions" -> reply(200, list("durableExecutions", executions.list()));
      case "POST durable-executions" -> reply(201, executions.start(request));
      default -> throw unknown(request);
    };
  }

  private WireReply item(WireRequest request, String name, long number) {
    return switch (request.method() + " " + name) {
      case "GET faults" -> reply(200, book.get(number));
      case "DELETE faults" -> {
        book.remove(number);
        yield WireReply.empty(204);
      }
      case "DELETE traffic" -> reply(200, loads.stop(number));
      case "DELETE durable-executions" -> reply(200, executions.end(number));
      default -> throw unknown(request);
    };
  }

  private Filters faultFilters(WireRequest request) {
    Filters filters = Filters.of(request);
    known.requireOperation(filters);
    return filters;
  }

  /** A parameter that is not known might have been meant to spare something. */
  private static void requireKnownParameters(WireRequest request, List<String> path) {
    Set<String> known = new TreeSet<>();
    switch (request.method() + " " + String.join("/", path)) {
      case "GET faults", "DELETE faults" -> known.addAll(Filters.NAMES);
      case "GET calls" -> {
        known.addAll(Filters.NAMES);
        known.add("limit");
      }
      default -> {}
    }
    request
        .query()
        .forEach(
            (name, values) -> {
              if (!known.contains(name)) {
                throw Refusal.badRequest(
                    "The query parameter '"
                        + name
                        + "' is not known here. Known "
                        + (known.isEmpty() ? "is none" : "are: " + String.join(", ", known)));
              }
              if (values.size() > 1) {
                throw Refusal.badRequest("The query parameter '" + name + "' is given twice");
              }
            });
  }

  /** Newest first. */
  private ArrayNode lastCalls(WireRequest request) {
    Filters filters = Filters.of(request);
    known.requireService(filters);
    String limit = request.queryValue("limit");
    long most = limit == null ? USUAL_CALLS : Math.clamp(number(limit), 0, MOST_CALLS);
    ArrayNode list = Json.array();
    for (Call call : calls.last((int) most, call -> filters.fits(call.attempt()))) {
      ObjectNode shown =
          list.addObject()
              .put("number", call.number())
              .put("at", call.attempt().at().toString())
              .put("account", call.attempt().account())
              .put("region", call.attempt().region())
              .put("service", call.service())
              .put("operation", call.operation())
              .put("resource", call.resource())
              .put("status", call.status())
              .put("tookEffect", call.tookEffect())
              .put("requestId", call.requestId())
              .put("userAgent", call.userAgent());
      if (call.errorCode() != null) {
        shown.put("errorCode", call.errorCode());
      }
    }
    return list;
  }

  private static ObjectNode list(String name, ArrayNode items) {
    ObjectNode tree = Json.object();
    tree.set(name, items);
    return tree;
  }

  private static long number(String text) {
    if (!text.matches("\\d{1,15}")) {
      throw Refusal.badRequest("A number is needed, but there is '" + text + "'");
    }
    return Long.parseLong(text);
  }

  private static Refusal unknown(WireRequest request) {
    return Refusal.notFound(
        request.method()
            + " "
            + request.path()
            + " is not known here. Known are: GET /_simulator, GET /_simulator/state, GET POST"
            + " DELETE /_simulator/faults, GET DELETE /_simulator/faults/ID, GET DELETE"
            + " /_simulator/calls, GET POST /_simulator/time, GET POST DELETE"
            + " /_simulator/traffic, DELETE /_simulator/traffic/ID, GET POST"
            + " /_simulator/durable-executions, DELETE /_simulator/durable-executions/ID");
  }

  private static WireReply error(int status, String text) {
    return reply(status, Json.object().put("error", text));
  }

  private static WireReply reply(int status, JsonNode tree) {
    return new WireReply(
        status,
        Map.of("Content-Type", "application/json", "Cache-Control", "no-store"),
        (Json.text(tree) + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
