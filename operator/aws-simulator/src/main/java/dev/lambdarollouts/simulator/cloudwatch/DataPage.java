package dev.lambdarollouts.simulator.cloudwatch;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.simulator.protocol.Json;
import dev.lambdarollouts.simulator.protocol.PageToken;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * One page of GetMetricData: datapoints are counted over all results in their order, and a page is
 * a section of them. A result that goes on in the next page says PartialData; one that was told
 * whole is not told again.
 */
final class DataPage {
  private final int from;
  private final int to;
  private final ArrayNode results = Json.array();
  private int position;

  DataPage(int from, int most) {
    this.from = from;
    this.to = (int) Math.min(Integer.MAX_VALUE, (long) from + most);
  }

  void add(String id, String label, List<MetricQueries.Point> points, boolean ascending) {
    List<MetricQueries.Point> present = new ArrayList<>();
    for (MetricQueries.Point point : points) {
      if (point.value() != null) {
        present.add(point);
      }
    }
    if (!ascending) {
      Collections.reverse(present);
    }
    int start = position;
    position += present.size();
    boolean before = present.isEmpty() ? start < from : position <= from;
    boolean after = start >= to;
    if (before || after) {
      return;
    }
    List<MetricQueries.Point> here =
        present.subList(Math.max(0, from - start), Math.min(present.size(), to - start));
    ObjectNode result = results.addObject().put("Id", id).put("Label", label);
    ArrayNode timestamps = result.putArray("Timestamps");
    ArrayNode values = result.putArray("Values");
    for (MetricQueries.Point point : here) {
      timestamps.add(Json.instant(Instant.ofEpochSecond(point.start())));
      values.add(point.value());
    }
    result.put("StatusCode", position > to ? "PartialData" : "Complete");
  }

  ObjectNode reply() {
    ObjectNode reply = Json.object();
    reply.set("MetricDataResults", results);
    if (position > to) {
      reply.put("NextToken", PageToken.of(to));
    }
    reply.putArray("Messages");
    return reply;
  }
}
