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
      :root{color-scheme:light dark;--bad:#b3261e;--good:#1b6e2d}
      @media(prefers-color-scheme:dark){:root{--bad:#ff8a80;--good:#7bd88f}}
      body{font:14px/1.4 system-ui,sans-serif;margin:1.5em;max-width:100em}
      h1{font-size:1.3em}h2{font-size:1.1em;margin:1.5em 0 .3em}
      table{border-collapse:collapse;width:100%}
      th,td{text-align:left;padding:.2em .8em .2em 0;vertical-align:top;overflow-wrap:break-word}
      th{border-bottom:1px solid;white-space:nowrap}td{border-bottom:1px solid #8884}
      pre{white-space:pre-wrap}.whole{white-space:nowrap}.long{overflow-wrap:anywhere}
      .bad{color:var(--bad);font-weight:600}.good{color:var(--good)}.dim{opacity:.7}
      """;

  /** How a cell breaks its lines: between words, not at all, or anywhere. */
  private static final String WORDS = "<td>";

  private static final String WHOLE = "<td class=whole>";
  private static final String LONG = "<td class=long>";

  private final ObjectNode state;
  private final List<Call> calls;
  private final ArrayNode faults;
  private final ArrayNode loads;
  private final Instant downUntil;
  private final String firstStep;
  private final StringBuilder html = new StringBuilder();

  /**
   * A page that shows these.
   *
   * @param calls newest first
   * @param downUntil when the endpoint is up again; a time that has passed when it is up
   * @param firstStep the line of shell that points clients at the simulator
   */
  Page(
      ObjectNode state,
      List<Call> calls,
      ArrayNode faults,
      ArrayNode loads,
      Instant downUntil,
      String firstStep) {
    this.state = state;
    this.calls = calls;
    this.faults = faults;
    this.loads = loads;
    this.downUntil = downUntil;
    this.firstStep = firstStep;
  }

  String html() {
    Instant now = Instant.parse(state.path("now").asText());
    html.append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
        .append("<title>aws-simulator</title><meta http-equiv=\"refresh\" content=\"5\">")
        .append("<meta name=\"viewport\" content=\"width=device-width\"><style>\n")
        .append(STYLE)
        .append("</style></head><body>\n<h1>aws-simulator</h1>\n");
    if (now.isBefore(downUntil)) {
      html.append("<p class=bad>The endpoint is down: every connection is cut, ")
          .append(downUntil.equals(Instant.MAX) ? "until the fault is removed" : "until ");
      text(downUntil.equals(Instant.MAX) ? "" : time(downUntil)).append("</p>\n");
    }
    html.append("<p>Simulated time: ");
    text(time(now)).append("</p>\n");
    if (state.path("functions").isEmpty() && state.path("alarms").isEmpty() && calls.isEmpty()) {
      html.append("<p>Nothing is here yet. To point AWS clients here:</p>\n<pre>");
      text(firstStep).append("</pre>\n");
    }
    functions();
    alarms();
    faults();
    loads();
    calls();
    return html.append("</body></html>\n").toString();
  }

  private void functions() {
    table("Functions", state.path("functions").size(), "function", "version", "state", "aliases");
    for (JsonNode function : state.path("functions")) {
      for (JsonNode version : function.path("Versions")) {
        boolean latest = version.path("Version").asText().equals("$LATEST");
        row(LONG);
        if (latest) {
          text(function.path("FunctionName").asText()).append("<br><span class=\"dim whole\">");
          text(place(function)).append("</span>");
        }
        cell(WHOLE, version.path("Version").asText());
        next(WORDS);
        versionState(version);
        next(WORDS);
        aliases(function, version.path("Version").asText());
        endRow();
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
    html.append(" <span class=\"dim long\">");
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
              + "</b> <span class=whole>"
              + percent(weight)
              + "</span>"
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
      row(LONG);
      text(alarm.path("AlarmName").asText()).append("<br><span class=\"dim whole\">");
      text(place(alarm)).append("</span>");
      next(WHOLE);
      marked(value, value.equals("OK"), value.equals("ALARM"));
      cell(WHOLE, time(Instant.parse(alarm.path("Since").asText())));
      cell(LONG, alarm.path("StateReason").asText());
      endRow();
    }
    html.append("</table>\n");
  }

  private void faults() {
    if (faults.isEmpty()) {
      return;
    }
    table("Faults", faults.size(), "id", "fault", "strikes", "struck", "until");
    for (JsonNode fault : faults) {
      row(WHOLE);
      text(fault.path("id").asText());
      cell(WHOLE, fault.path("fault").asText());
      List<String> filters = new ArrayList<>();
      for (String filter : Filters.NAMES) {
        if (fault.has(filter)) {
          filters.add(fault.path(filter).asText());
        }
      }
      cell(LONG, filters.isEmpty() ? "every call" : String.join(" ", filters));
      cell(WHOLE, fault.path("struck").asText());
      List<String> ends = new ArrayList<>();
      if (fault.has("left")) {
        ends.add(fault.path("left") + " left");
      }
      if (fault.has("until")) {
        ends.add(time(Instant.parse(fault.path("until").asText())));
      }
      cell(WHOLE, ends.isEmpty() ? "removed" : String.join(", ", ends));
      endRow();
    }
    html.append("</table>\n");
  }

  private void loads() {
    if (loads.isEmpty()) {
      return;
    }
    table("Loads", loads.size(), "id", "function", "per second", "succeeded", "failed", "refused");
    for (JsonNode load : loads) {
      row(WHOLE);
      text(load.path("id").asText());
      cell(LONG, load.path("function").asText());
      for (String number : List.of("requestsPerSecond", "succeeded", "failed", "refused")) {
        cell(WHOLE, load.path(number).asText());
      }
      endRow();
    }
    html.append("</table>\n");
  }

  private void calls() {
    table("Last calls", calls.size(), "#", "at", "account", "call", "resource", "reply", "from");
    for (Call call : calls) {
      row(WHOLE);
      html.append(call.number());
      cell(WHOLE, time(call.attempt().at()));
      cell(WHOLE, call.attempt().account() + " " + call.attempt().region());
      cell(WHOLE, call.service() + ":" + call.operation());
      cell(LONG, call.resource());
      next(WORDS);
      String error = call.errorCode() == null ? "" : " " + call.errorCode();
      String effect =
          call.tookEffect() && (call.status() == 0 || call.status() >= 400) ? " (done)" : "";
      boolean good = call.status() >= 200 && call.status() < 300;
      marked((call.status() == 0 ? "cut" : call.status() + error) + effect, good, !good);
      cell(WORDS, call.userAgent().split(" ", 2)[0]);
      endRow();
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

  private void row(String firstCell) {
    html.append("<tr>").append(firstCell);
  }

  /** Ends the cell before and begins the next one. */
  private void next(String cell) {
    html.append("</td>").append(cell);
  }

  private void cell(String cell, String text) {
    next(cell);
    text(text);
  }

  private void endRow() {
    html.append("</td></tr>\n");
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
