package dev.lambdarollouts.simulator.cloudwatch.dashboard;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.simulator.cloudwatch.CloudWatchErrors;
import dev.lambdarollouts.simulator.cloudwatch.NextPage;
import dev.lambdarollouts.simulator.protocol.AwsError;
import dev.lambdarollouts.simulator.protocol.Input;
import dev.lambdarollouts.simulator.protocol.Json;
import dev.lambdarollouts.simulator.service.CallContext;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Put-, Get-, List- and DeleteDashboards; dashboards are an account's, in no region. */
public final class Dashboards {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,255}");
  private static final Pattern NAME_PREFIX = Pattern.compile("[A-Za-z0-9_.-]{1,255}");
  private static final int MOST_PER_PAGE = 1000;
  private static final int MOST_DELETED = 100;

  private final Map<String, NavigableMap<String, Dashboard>> byAccount = new HashMap<>();

  /** A dashboard's body as it was put, and when. */
  public record Dashboard(String body, Instant modified) {}

  public Map<String, NavigableMap<String, Dashboard>> all() {
    return byAccount;
  }

  public NavigableMap<String, Dashboard> of(String account) {
    return byAccount.computeIfAbsent(account, key -> new TreeMap<>());
  }

  public ObjectNode put(CallContext context, Input input) {
    String name = input.text("DashboardName", "");
    String body = input.text("DashboardBody", "");
    if (!NAME.matcher(name).matches()) {
      throw invalid(
          "The value "
              + name
              + " for field DashboardName contains invalid characters. It can only contain"
              + " alphanumerics, dash (-) and underscore (_).",
          Json.array());
    }
    List<DashboardBody.Problem> problems = DashboardBody.problems(body);
    if (!problems.isEmpty()) {
      ArrayNode messages = Json.array();
      ArrayNode told = Json.array();
      for (DashboardBody.Problem problem : problems) {
        messages.addObject().put("DataPath", problem.path()).put("Message", problem.message());
        told.addObject().put("dataPath", problem.path()).put("message", problem.message());
      }
      throw invalid(
          DashboardBody.isObject(body)
              ? "The dashboard body is invalid, there are "
                  + problems.size()
                  + " validation errors:\n"
                  + told.toPrettyString()
              : problems.getFirst().message(),
          messages);
    }
    of(context.account()).put(name, new Dashboard(body, context.at()));
    ObjectNode reply = Json.object();
    reply.putArray("DashboardValidationMessages");
    return reply;
  }

  public ObjectNode get(CallContext context, Input input) {
    String name = input.text("DashboardName");
    if (name == null || name.isEmpty()) {
      throw CloudWatchErrors.invalidValue("The parameter DashboardName is required.");
    }
    Dashboard dashboard = of(context.account()).get(name);
    if (dashboard == null) {
      throw notFound(name);
    }
    return Json.object()
        .put("DashboardArn", arn(context.account(), name))
        .put("DashboardBody", dashboard.body())
        .put("DashboardName", name);
  }

  public ObjectNode list(CallContext context, Input input) {
    String prefix = input.text("DashboardNamePrefix", "");
    if (!prefix.isEmpty() && !NAME_PREFIX.matcher(prefix).matches()) {
      throw CloudWatchErrors.invalidValue(
          "The value " + prefix + " for field DashboardNamePrefix contains invalid characters.");
    }
    List<String> names =
        of(context.account()).keySet().stream().filter(name -> name.startsWith(prefix)).toList();
    NextPage<String> page = NextPage.of(names, input, MOST_PER_PAGE);
    ObjectNode reply = Json.object();
    ArrayNode entries = reply.putArray("DashboardEntries");
    for (String name : page.items()) {
      Dashboard dashboard = of(context.account()).get(name);
      if (dashboard != null) {
        ObjectNode entry =
            entries
                .addObject()
                .put("DashboardName", name)
                .put("DashboardArn", arn(context.account(), name));
        entry.set("LastModified", Json.instant(dashboard.modified()));
        entry.put("Size", dashboard.body().getBytes(StandardCharsets.UTF_8).length);
      }
    }
    page.putToken(reply);
    return reply;
  }

  /** Deletes what is there even if a name is not; the call fails then. */
  public ObjectNode delete(CallContext context, Input input) {
    List<String> names = input.texts("DashboardNames");
    if (names.isEmpty() || names.size() > MOST_DELETED) {
      throw CloudWatchErrors.invalidValue(
          "The parameter DashboardNames must have 1 to " + MOST_DELETED + " names.");
    }
    List<String> missing = new ArrayList<>();
    for (String name : names) {
      if (of(context.account()).remove(name) == null) {
        missing.add(name);
      }
    }
    if (!missing.isEmpty()) {
      throw notFound(String.join(", ", missing));
    }
    return Json.object();
  }

  private static AwsError notFound(String names) {
    return new AwsError("DashboardNotFoundError", 404, "Dashboard " + names + " does not exist")
        .queryCode("ResourceNotFound");
  }

  private static AwsError invalid(String message, ArrayNode messages) {
    return new AwsError("DashboardInvalidInputError", 400, message)
        .queryCode("InvalidParameterInput")
        .with("dashboardValidationMessages", messages);
  }

  private static String arn(String account, String name) {
    return "arn:aws:cloudwatch::" + account + ":dashboard/" + name;
  }
}
