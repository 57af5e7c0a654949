package dev.lambdarollouts.simulator.protocol;

import java.util.LinkedHashMap;
import java.util.Map;

/** One HTTP reply. An empty body is sent without one. */
@SuppressWarnings(
    "ArrayRecordComponent") // bytes are handed on as they are: never changed, never compared
public record WireReply(int status, Map<String, String> headers, byte[] body) {

  private static final byte[] NOTHING = new byte[0];

  public static WireReply empty(int status) {
    return new WireReply(status, Map.of(), NOTHING);
  }

  public WireReply with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new WireReply(status, more, body);
  }
}
