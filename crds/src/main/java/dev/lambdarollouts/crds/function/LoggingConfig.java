package dev.lambdarollouts.crds.function;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.annotation.JsonValue;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** Format, levels and log group of a function's logs. */
@ValidationRule(
    value =
        "!(has(self.applicationLogLevel) || has(self.systemLogLevel)) || (has(self.logFormat) &&"
            + " self.logFormat == 'JSON')",
    message = "log levels need logFormat: JSON; set it, or remove the levels")
public record LoggingConfig(
    @JsonPropertyDescription("JSON or Text.") @Nullable LogFormat logFormat,
    @JsonPropertyDescription(
            "Least level of the function's own records that is kept; with logFormat JSON.")
        @Nullable ApplicationLogLevel applicationLogLevel,
    @JsonPropertyDescription("Least level of Lambda's records that is kept; with logFormat JSON.")
        @Nullable SystemLogLevel systemLogLevel,
    @JsonPropertyDescription("CloudWatch log group; AWS takes /aws/lambda/<name> when absent.")
        @Size(min = 1, max = 512)
        @Pattern("^[.\\-_/#A-Za-z0-9{}]+$")
        @Nullable String logGroup) {

  /** How a record is written. */
  public enum LogFormat {
    JSON("JSON"),
    TEXT("Text");

    private final String text;

    LogFormat(String text) {
      this.text = text;
    }

    /** As the API writes it. */
    @JsonValue
    @Override
    public String toString() {
      return text;
    }
  }

  /** Levels of a function's own records. */
  public enum ApplicationLogLevel {
    TRACE,
    DEBUG,
    INFO,
    WARN,
    ERROR,
    FATAL
  }

  /** Levels of the records that Lambda writes. */
  public enum SystemLogLevel {
    DEBUG,
    INFO,
    WARN
  }
}
