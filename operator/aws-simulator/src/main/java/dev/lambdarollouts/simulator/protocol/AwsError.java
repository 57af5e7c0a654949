package dev.lambdarollouts.simulator.protocol;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An error that AWS answers: its code, HTTP status and text, whatever the protocol makes of them.
 * It is thrown by operations and turned into a reply by the protocol of the request.
 */
public final class AwsError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String code;
  private final int status;
  private final transient Map<String, String> details;
  private final @Nullable String queryCode;
  private final transient Map<String, ArrayNode> lists;

  private AwsError(
      String code,
      int status,
      String message,
      Map<String, String> details,
      @Nullable String queryCode,
      Map<String, ArrayNode> lists) {
    super(message, null, false, false);
    this.code = code;
    this.status = status;
    this.details = details;
    this.queryCode = queryCode;
    this.lists = lists;
  }

  public AwsError(String code, int status, String message) {
    this(code, status, message, Map.of(), null, Map.of());
  }

  /** The text that AWS' common validation gives, for one constraint or several. */
  public static AwsError validation(String message) {
    return new AwsError("ValidationException", 400, message, Map.of(), "ValidationError", Map.of());
  }

  /** A further member of the error's body, such as {@code Reason}. */
  public AwsError with(String member, String value) {
    Map<String, String> more = new LinkedHashMap<>(details);
    more.put(member, value);
    return new AwsError(code, status, text(), more, queryCode, lists);
  }

  /** A further member of the error's body that is a list of structures. */
  public AwsError with(String member, ArrayNode list) {
    Map<String, ArrayNode> more = new LinkedHashMap<>(lists);
    more.put(member, list);
    return new AwsError(code, status, text(), details, queryCode, more);
  }

  /** The code under which services that once spoke query name this error. */
  public AwsError queryCode(String newQueryCode) {
    return new AwsError(code, status, text(), details, newQueryCode, lists);
  }

  public String code() {
    return code;
  }

  public int status() {
    return status;
  }

  public String text() {
    String message = getMessage();
    return message == null ? "" : message;
  }

  public Map<String, String> details() {
    return details;
  }

  /** Further members that are lists. */
  public Map<String, ArrayNode> lists() {
    return lists;
  }

  public String queryCode() {
    return queryCode == null ? code : queryCode;
  }

  /** As AWS says whose fault it was. */
  public boolean senderFault() {
    return status < 500;
  }
}
