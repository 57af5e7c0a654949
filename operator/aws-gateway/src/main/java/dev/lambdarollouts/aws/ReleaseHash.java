package dev.lambdarollouts.aws;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lambdarollouts.engine.fact.ReleaseId;
import dev.lambdarollouts.engine.fact.VersionNumber;
import dev.lambdarollouts.engine.port.FunctionDefinition;
import dev.lambdarollouts.engine.port.FunctionDefinition.Code;
import dev.lambdarollouts.engine.port.FunctionDefinition.ImageConfig;
import dev.lambdarollouts.engine.port.FunctionDefinition.LoggingConfig;
import dev.lambdarollouts.engine.port.FunctionDefinition.VpcConfig;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Names a release: HMAC-SHA256, under the installation's key, of everything that a published
 * version freezes, as canonical JSON in the Lambda API's words. Keys are sorted, absent and empty
 * members left out; files stand with their contents, not as a zip. The function's name, tags and
 * the rest of what no version freezes are not in it. Golden tests hold the result: a change here
 * needs a new algorithm number.
 */
final class ReleaseHash {
  private static final String ALGORITHM_NUMBER = "1";
  private static final String MAC = "HmacSHA256";
  private static final int HEX_DIGITS = 10;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final SecretKeySpec key;

  ReleaseHash(InstallationIdentity identity) {
    this.key = new SecretKeySpec(identity.key(), MAC);
  }

  ReleaseId of(FunctionDefinition definition) {
    return named(canonicalJson(definition));
  }

  /** A version that somebody else published: whatever it freezes is in its number and code. */
  ReleaseId of(VersionNumber published, String codeSha256) {
    return named(
        json(new Members().put("Version", published.value()).put("CodeSha256", codeSha256).map()));
  }

  private ReleaseId named(byte[] content) {
    try {
      Mac mac = Mac.getInstance(MAC);
      mac.init(key);
      String digest = HexFormat.of().formatHex(mac.doFinal(content));
      return new ReleaseId(ALGORITHM_NUMBER + "-" + digest.substring(0, HEX_DIGITS));
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every JDK has " + MAC, e);
    }
  }

  /** What is hashed. Holds the environment's values: never to be shown. */
  static byte[] canonicalJson(FunctionDefinition definition) {
    Members members = new Members();
    members.put("Code", code(definition.code()));
    members.put("Runtime", definition.runtime());
    members.put("Handler", definition.handler());
    members.put("Role", definition.role());
    members.put("Architectures", definition.architectures());
    members.put("MemorySize", definition.memorySize());
    members.put("Timeout", definition.timeout());
    members.put(
        "EphemeralStorage", new Members().put("Size", definition.ephemeralStorageSize()).map());
    members.put("Environment", new Members().put("Variables", definition.environment()).map());
    members.put("Layers", definition.layers());
    members.put("VpcConfig", vpc(definition.vpcConfig()));
    members.put(
        "DeadLetterConfig", new Members().put("TargetArn", definition.deadLetterTargetArn()).map());
    members.put("TracingConfig", new Members().put("Mode", definition.tracingMode()).map());
    members.put("SnapStart", new Members().put("ApplyOn", definition.snapStartApplyOn()).map());
    members.put("LoggingConfig", logging(definition.loggingConfig()));
    members.put("KMSKeyArn", definition.kmsKeyArn());
    members.put(
        "FileSystemConfigs",
        definition.fileSystems().stream()
            .map(
                system ->
                    new Members()
                        .put("Arn", system.arn())
                        .put("LocalMountPath", system.localMountPath())
                        .map())
            .toList());
    members.put("ImageConfig", image(definition.imageConfig()));
    return json(members.map());
  }

  private static byte[] json(Map<String, Object> members) {
    try {
      return JSON.writeValueAsBytes(members);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("maps, lists, texts and numbers are always JSON", e);
    }
  }

  private static Map<String, Object> code(Code code) {
    return switch (code) {
      case Code.S3 s3 ->
          new Members()
              .put("S3Bucket", s3.bucket())
              .put("S3Key", s3.key())
              .put("S3ObjectVersion", s3.objectVersion())
              .map();
      case Code.Image image -> new Members().put("ImageUri", image.uri()).map();
      // Jackson writes bytes as base64.
      case Code.Files files -> new Members().put("Files", files.files()).map();
    };
  }

  private static Map<String, Object> vpc(@Nullable VpcConfig vpc) {
    return vpc == null
        ? Map.of()
        : new Members()
            .put("SubnetIds", vpc.subnetIds().stream().sorted().toList())
            .put("SecurityGroupIds", vpc.securityGroupIds().stream().sorted().toList())
            .map();
  }

  private static Map<String, Object> logging(@Nullable LoggingConfig logging) {
    return logging == null
        ? Map.of()
        : new Members()
            .put("LogFormat", logging.logFormat())
            .put("ApplicationLogLevel", logging.applicationLogLevel())
            .put("SystemLogLevel", logging.systemLogLevel())
            .put("LogGroup", logging.logGroup())
            .map();
  }

  private static Map<String, Object> image(@Nullable ImageConfig image) {
    return image == null
        ? Map.of()
        : new Members()
            .put("EntryPoint", image.entryPoint())
            .put("Command", image.command())
            .put("WorkingDirectory", image.workingDirectory())
            .map();
  }

  /** An object in the making: sorted, without what is absent or empty. */
  private static final class Members {
    private final TreeMap<String, Object> members = new TreeMap<>();

    Members put(String name, @Nullable Object value) {
      boolean empty =
          value == null
              || (value instanceof Collection<?> list && list.isEmpty())
              || (value instanceof Map<?, ?> map && map.isEmpty());
      if (!empty) {
        members.put(name, value);
      }
      return this;
    }

    Map<String, Object> map() {
      return members;
    }
  }
}
