package dev.lambdarollouts.aws;

import dev.lambdarollouts.engine.port.FunctionDefinition;
import dev.lambdarollouts.engine.port.FunctionDefinition.Code;
import dev.lambdarollouts.engine.port.FunctionDefinition.FileSystem;
import dev.lambdarollouts.engine.port.FunctionDefinition.ImageConfig;
import dev.lambdarollouts.engine.port.FunctionDefinition.LoggingConfig;
import dev.lambdarollouts.engine.port.FunctionDefinition.VpcConfig;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Function definitions in the making. */
final class Definitions {
  static final String ROLE = "arn:aws:iam::111122223333:role/hello";

  String name = "hello-dev";
  Code code = files(Map.of("index.mjs", "export const handler = async () => 'hello';\n"));
  @Nullable String runtime = "nodejs22.x";
  @Nullable String handler = "index.handler";
  String role = ROLE;
  List<String> architectures = List.of();
  @Nullable Integer memorySize;
  @Nullable Integer timeout;
  @Nullable Integer ephemeralStorageSize;
  Map<String, String> environment = Map.of();
  List<String> layers = List.of();
  @Nullable VpcConfig vpcConfig;
  @Nullable String deadLetterTargetArn;
  @Nullable String tracingMode;
  @Nullable String snapStartApplyOn;
  @Nullable LoggingConfig loggingConfig;
  @Nullable String kmsKeyArn;
  List<FileSystem> fileSystems = List.of();
  @Nullable ImageConfig imageConfig;

  /** The smallest: a file, a runtime, a handler, a role. */
  static Definitions small() {
    return new Definitions();
  }

  /** Every member set, S3 code. */
  static Definitions full() {
    Definitions full = new Definitions();
    full.code = new Code.S3("artifacts", "hello-1.4.2.zip", "abc");
    full.architectures = List.of("arm64");
    full.memorySize = 256;
    full.timeout = 10;
    full.ephemeralStorageSize = 1024;
    full.environment = Map.of("LOG_LEVEL", "info", "GREETING", "grüß \"dich\"");
    full.layers = List.of("arn:aws:lambda:us-east-1:111122223333:layer:b:2", "arn:layer:a:1");
    full.vpcConfig = new VpcConfig(List.of("subnet-b", "subnet-a"), List.of("sg-1"));
    full.deadLetterTargetArn = "arn:aws:sqs:us-east-1:111122223333:dead";
    full.tracingMode = "Active";
    full.snapStartApplyOn = "PublishedVersions";
    full.loggingConfig = new LoggingConfig("JSON", "DEBUG", null, "/logs/hello");
    full.kmsKeyArn = "arn:aws:kms:us-east-1:111122223333:key/k";
    full.fileSystems =
        List.of(
            new FileSystem(
                "arn:aws:elasticfilesystem:us-east-1:111122223333:access-point/fsap-1",
                "/mnt/data"));
    return full;
  }

  static Definitions image() {
    Definitions image = new Definitions();
    image.code = new Code.Image("111122223333.dkr.ecr.us-east-1.amazonaws.com/hello@sha256:0a1b");
    image.runtime = null;
    image.handler = null;
    image.imageConfig = new ImageConfig(List.of("/bin/run"), List.of("a", "b"), "/srv");
    return image;
  }

  static Code.Files files(Map<String, String> texts) {
    SortedMap<String, byte[]> files = new TreeMap<>();
    texts.forEach((name, text) -> files.put(name, text.getBytes(StandardCharsets.UTF_8)));
    return new Code.Files(files);
  }

  FunctionDefinition build() {
    return new FunctionDefinition(
        name,
        code,
        runtime,
        handler,
        role,
        architectures,
        memorySize,
        timeout,
        ephemeralStorageSize,
        new TreeMap<>(environment),
        layers,
        vpcConfig,
        deadLetterTargetArn,
        tracingMode,
        snapStartApplyOn,
        loggingConfig,
        kmsKeyArn,
        fileSystems,
        imageConfig);
  }
}
