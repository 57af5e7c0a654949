package dev.lambdarollouts.crds.function;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A URL of the alias. */
public record FunctionUrl(
    @JsonPropertyDescription("AWS_IAM: signed requests only. NONE: open to everybody.") @Required
        UrlAuthType authType,
    @JsonPropertyDescription(
            "BUFFERED: the whole answer at once, at most 6 MB; the usual. RESPONSE_STREAM: as it"
                + " comes.")
        @Nullable InvokeMode invokeMode,
    @JsonPropertyDescription("Which web pages may call.") @Nullable Cors cors) {

  /** How the answer is sent. */
  public enum InvokeMode {
    BUFFERED,
    RESPONSE_STREAM
  }

  /** Cross-origin resource sharing. */
  public record Cors(
      @JsonPropertyDescription("Whether cookies may be sent along.")
          @Nullable Boolean allowCredentials,
      @JsonPropertyDescription("Request headers that may be used.") @Size(max = 100)
          @Nullable List<@Size(max = 1024) String> allowHeaders,
      @JsonPropertyDescription("HTTP methods that may be used.") @Size(max = 6)
          @Nullable List<@Size(max = 6) String> allowMethods,
      @JsonPropertyDescription("Origins that may call; * for all.") @Size(max = 100)
          @Nullable List<@Size(min = 1, max = 253) String> allowOrigins,
      @JsonPropertyDescription("Response headers that pages may read.") @Size(max = 100)
          @Nullable List<@Size(max = 1024) String> exposeHeaders,
      @JsonPropertyDescription("Seconds for which browsers keep a preflight's answer.")
          @Min(0)
          @Max(86400)
          @Nullable Integer maxAge) {}
}
