package dev.lambdarollouts.simulator.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.simulator.door.Call;
import dev.lambdarollouts.simulator.protocol.Xml;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The page at {@code /_simulator}: one HTML document that needs nothing else. */
final class Page {
  private static final String STYLE =
      """
      :root{color-scheme:light dark}
      body{font:14px/1.4 system-ui,sans-serif;margin:1.5em;max-width:90em}
      h1{font-size:1.3em}h2{font-size:1.1em;margin:1.5em 0 .3em}
      table{border-collapse:collapse;width:100%}
      th,td{text-align:left;padding:.2em .8em .2em 0;vertical-align:top;overflow-wrap:anywhere}
      th{border-bottom:1px solid;white-space:nowrap}td{border-bottom:1px solid #8884}
      .bad{color:#c33;font-weight:600}.good{color:#283}.dim{opacity:.6}
      """;

  private final ObjectNode state;
  private final List<Call> calls;
  private final ArrayNode faults;
  private final StringBuilder html = new StringBuilder();

  Page(ObjectNode state, List<Call> calls, ArrayNode faults) {
    this.state = state;
    this.calls = calls;
    this.faults = faults;
  }

  String html() {
    html.append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
        .append("<title>aws-simulator</title>")
        .append("<meta name=\"viewport\" content=\"width=device-width\"><style>\n")
        .append(STYLE)
        .append("</style></head><body>\n<h1>aws-simulator</h1>\n<p>Simulated time: ");
    text(time(Instant.parse(state.path("now").asText()))).append("</p>\n");
    functions();
    alarms();
    faults();
    calls();
    return html.append("</body></html>\n").toString();
  }

  private void functions() {
    table("Functions", state.path("functions").size(), "function", "version", "state", "aliases");
    for (JsonNode function : state.path("functions")) {
      for (JsonNode version : function.path("Versions")) {
        boolean latest = version.path("Version").asText().equals("$LATEST");
        html.append("<tr><td>");
        if (latest) {
          text(function.path("FunctionName").asText()).append("<br><span class=dim>");
          text(place(function)).append("</span>");
        }
        cell(version.path("Version").asText());
        html.append("</td><td>");
        versionState(version);
        html.append("</td><td>");
        aliases(function, version.path("Version").asText());
        html.append("</td></tr>\n");
      }
    }
    html.append("</table>\n");
  }

  private void versionState(JsonNode version) {
    String versionState = version.path("State").asText();
    String update = version.path("LastUpdateStatus").asText();
    marked(versionState, versionState.equals("Active"), versionState.equals("Failed"));
    if (!update.isEmpty() && !update.equals("Successful")) {
      html.append(", update ");
      marked(update, false, update.equals("Failed"));
    }
    html.append(" <span class=dim>");
    text(version.path("CodeSha256").asText()).append("</span>");
  }

  /** The aliases that send traffic to a version: what they are set to, and what really came. */
  private void aliases(JsonNode function, String version) {
    List<String> shown = new ArrayList<>();
    for (JsonNode alias : function.path("Aliases")) {
      double weight = weight(alias, version);
      JsonNode shares = alias.path("TrafficShares");
      long mine = shares.path(version).asLong();
      if (weight == 0 && mine == 0) {
        continue;
      }
      long all = 0;
      for (JsonNode share : shares) {
        all += share.asLong();
      }
      String real =
          all == 0
              ? "no traffic"
              : percent((double) mine / all) + " of " + all + " invocations in 5 minutes";
      shown.add(
          "<b>"
              + Xml.escape(alias.path("Name").asText())
              + "</b> "
              + percent(weight)
              + " <span class=dim>("
              + real
              + ")</span>");
    }
    html.append(String.join("<br>", shown));
  }

  private static double weight(JsonNode alias, String version) {
    JsonNode weights = alias.path("RoutingConfig").path("AdditionalVersionWeights");
    if (weights.has(version)) {
      return weights.path(version).asDouble();
    }
    double others = 0;
    for (JsonNode other : weights) {
      others += other.asDouble();
    }
    return alias.path("FunctionVersion").asText().equals(version) ? 1 - others : 0;
  }

  private void alarms() {
    table("Alarms", state.path("alarms").size(), "alarm", "state", "since", "reason");
    for (JsonNode alarm : state.path("alarms")) {
      String value = alarm.path("StateValue").asText();
      html.append("<tr><td>");
      text(alarm.path("AlarmName").asText()).append("<br><span class=dim>");
      text(place(alarm)).append("</span></td><td>");
      marked(value, value.equals("OK"), value.equals("ALARM"));
      cell(time(Instant.parse(alarm.path("Since").asText())));
      cell(alarm.path("StateReason").asText());
      html.append("</td></tr>\n");
    }
    html.append("</table>\n");
  }

  private void faults() {
    if (faults.isEmpty()) {
      return;
    }
    table("Faults", faults.size(), "fault", "strikes", "struck", "until");
    for (JsonNode fault : faults) {
      html.append("<tr><td>");
      text(fault.path("fault").asText());
      List<String> filters = new ArrayList<>();
      for (String filter : List.of("service", "operation", "resource", "account", "region")) {
        if (fault.has(filter)) {
          filters.add(fault.path(filter).asText());
        }
      }
      cell(filters.isEmpty() ? "every call" : String.join(" ", filters));
      cell(fault.path("struck").asText());
      cell(fault.path("until").asText(fault.has("left") ? fault.path("left") + " left" : ""));
      html.append("</td></tr>\n");
    }
    html.append("</table>\n");
  }

  private void calls() {
    table("Last calls", calls.size(), "#", "at", "account", "call", "resource", "reply", "from");
    for (Call call : calls) {
      html.append("<tr><td>").append(call.number());
      cell(time(call.attempt().at()));
      cell(call.attempt().account() + " " + call.attempt().region());
      cell(call.service() + ":" + call.operation());
      cell(call.resource());
      html.append("</td><td>");
      String error = call.errorCode() == null ? "" : " " + call.errorCode();
      String effect =
          call.tookEffect() && (call.status() == 0 || call.status() >= 400) ? " (done)" : "";
      boolean good = call.status() >= 200 && call.status() < 300;
      marked((call.status() == 0 ? "cut" : call.status() + error) + effect, good, !good);
      cell(call.userAgent().split(" ", 2)[0]);
      html.append("</td></tr>\n");
    }
    html.append("</table>\n");
  }

  private void table(String title, int count, String... columns) {
    html.append("<h2>").append(title).append(" (").append(count).append(")</h2>\n<table><tr>");
    for (String column : columns) {
      html.append("<th>").append(column).append("</th>");
    }
    html.append("</tr>\n");
  }

  /** Ends the cell before and begins this one. */
  private void cell(String text) {
    html.append("</td><td>");
    text(text);
  }

  private void marked(String text, boolean good, boolean bad) {
    html.append(bad ? "<span class=bad>" : good ? "<span class=good>" : "<span>");
    text(text).append("</span>");
  }

  private StringBuilder text(String text) {
    return html.append(Xml.escape(text));
  }

  private static String place(JsonNode resource) {
    return resource.path("Account").asText() + " " + resource.path("Region").asText();
  }

  private static String time(Instant at) {
    return at.truncatedTo(ChronoUnit.MILLIS).toString();
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", share * 100);
  }
}
