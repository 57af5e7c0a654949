package dev.lambdarollouts.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdarollouts.engine.port.FunctionDefinition;
import dev.lambdarollouts.engine.port.FunctionDefinition.LoggingConfig;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** GetFunction's answer for a function that is exactly as a definition says, settled and ours. */
final class GetFunctionJson {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final ObjectNode root = JSON.createObjectNode();
  private final ObjectNode configuration = root.putObject("Configuration");

  private GetFunctionJson() {}

  static GetFunctionJson of(Definitions definitions) {
    GetFunctionJson json = new GetFunctionJson();
    json.fill(definitions.build());
    return json.tags("lr-1", "shop", "hello");
  }

  static String codeSha256(Definitions definitions) {
    return CodePackage.of(definitions.code) instanceof CodePackage.Zip zip
        ? zip.codeSha256()
        : "sha-of-elsewhere";
  }

  /** AWS says all of it, its own defaults too; canonical JSON already has the API's words. */
  private void fill(FunctionDefinition definition) {
    try {
      ObjectNode said = (ObjectNode) JSON.readTree(ReleaseHash.canonicalJson(definition));
      JsonNode code = said.remove("Code");
      if (code.has("ImageUri")) {
        root.putObject("Code").set("ImageUri", code.get("ImageUri"));
      } else {
        root.putObject("Code").put("Location", "https://code.example/?X-Amz-Signature=secret");
      }
      configuration.put("FunctionName", definition.name());
      configuration.put(
          "FunctionArn", "arn:aws:lambda:us-east-1:111122223333:function:" + definition.name());
      configuration.put("MemorySize", 128);
      configuration.put("Timeout", 3);
      configuration.putArray("Architectures").add("x86_64");
      configuration.putObject("EphemeralStorage").put("Size", 512);
      configuration.putObject("TracingConfig").put("Mode", "PassThrough");
      configuration.putObject("SnapStart").put("ApplyOn", "None").put("OptimizationStatus", "Off");
      configuration.setAll(said);
      layers(said);
      imageConfig(said);
      logging(definition);
      configuration.put("State", "Active");
      configuration.put("LastUpdateStatus", "Successful");
      configuration.put("RevisionId", "r1");
      configuration.put("Version", "$LATEST");
      Definitions sha = Definitions.small();
      sha.code = definition.code();
      configuration.put("CodeSha256", codeSha256(sha));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void layers(ObjectNode said) {
    if (said.has("Layers")) {
      ArrayNode layers = JSON.createArrayNode();
      said.get("Layers").forEach(arn -> layers.addObject().set("Arn", arn));
      configuration.set("Layers", layers);
    }
  }

  private void imageConfig(ObjectNode said) {
    if (said.has("ImageConfig")) {
      configuration.remove("ImageConfig");
      configuration.putObject("ImageConfigResponse").set("ImageConfig", said.get("ImageConfig"));
    }
  }

  private void logging(FunctionDefinition definition) {
    LoggingConfig wanted = definition.loggingConfig();
    ObjectNode logging = configuration.putObject("LoggingConfig");
    logging.put("LogGroup", "/aws/lambda/" + definition.name());
    logging.put("LogFormat", "Text");
    if (wanted != null) {
      logging.put("LogFormat", wanted.logFormat());
      logging.put("ApplicationLogLevel", or(wanted.applicationLogLevel()));
      logging.put("SystemLogLevel", or(wanted.systemLogLevel()));
      if (wanted.logGroup() != null) {
        logging.put("LogGroup", wanted.logGroup());
      }
    }
  }

  private static String or(@Nullable String level) {
    return level == null ? "INFO" : level;
  }

  GetFunctionJson with(String member, String json) {
    try {
      configuration.set(member, JSON.readTree(json));
      return this;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  GetFunctionJson tags(String installation, String namespace, String rollout) {
    root.putObject("Tags")
        .put(OwnerTags.INSTALLATION, installation)
        .put(OwnerTags.NAMESPACE, namespace)
        .put(OwnerTags.ROLLOUT, rollout)
        .put(OwnerTags.CREATED, "true")
        .put("team", "shop");
    return this;
  }

  GetFunctionJson untagged() {
    root.remove("Tags");
    return this;
  }

  GetFunctionJson tagsError(String code, String message) {
    root.putObject("TagsError").put("ErrorCode", code).put("Message", message);
    return this;
  }

  String build() {
    return root.toString();
  }
}
