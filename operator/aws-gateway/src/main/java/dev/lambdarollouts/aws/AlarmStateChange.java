package dev.lambdarollouts.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudwatch.model.AlarmHistoryItem;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;

/** A change of an alarm's state, as its history tells it. */
record AlarmStateChange(String from, String to) {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Pattern SUMMARY = Pattern.compile("from (\\w+) to (\\w+)");

  /**
   * Reads HistoryData ({@code {"oldState":{"stateValue":"OK"},"newState":{"stateValue":"ALARM"}}}),
   * or, where AWS cut that off (4095 characters), HistorySummary ({@code Alarm updated from OK to
   * ALARM}); absent when neither says it.
   */
  static @Nullable AlarmStateChange of(AlarmHistoryItem item) {
    AlarmStateChange change = ofData(item.historyData());
    return change == null ? ofSummary(item.historySummary()) : change;
  }

  boolean intoAlarm() {
    return to.equals(StateValue.ALARM.toString());
  }

  boolean outOfAlarm() {
    return from.equals(StateValue.ALARM.toString());
  }

  private static @Nullable AlarmStateChange ofData(@Nullable String data) {
    if (data == null) {
      return null;
    }
    try {
      JsonNode change = JSON.readTree(data);
      String from = change.path("oldState").path("stateValue").asText();
      String to = change.path("newState").path("stateValue").asText();
      return from.isEmpty() || to.isEmpty() ? null : new AlarmStateChange(from, to);
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  private static @Nullable AlarmStateChange ofSummary(@Nullable String summary) {
    Matcher words = SUMMARY.matcher(summary == null ? "" : summary);
    return words.find() ? new AlarmStateChange(words.group(1), words.group(2)) : null;
  }
}
