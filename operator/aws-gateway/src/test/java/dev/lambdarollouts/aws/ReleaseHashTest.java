package dev.lambdarollouts.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.engine.fact.ReleaseId;
import dev.lambdarollouts.engine.port.FunctionDefinition;
import dev.lambdarollouts.engine.port.FunctionDefinition.VpcConfig;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The golden values come from another implementation of HMAC-SHA256, over JSON written by hand. */
class ReleaseHashTest {
  private static final String SMALL =
      """
      {"Code":{"Files":{"index.mjs":"ZXhwb3J0IGNvbnN0IGhhbmRsZXIgPSBhc3luYyAoKSA9PiAnaGVsbG8nOwo="}},\
      "Handler":"index.handler","Role":"arn:aws:iam::111122223333:role/hello",\
      "Runtime":"nodejs22.x"}\
      """;

  private static final String FULL =
      """
      {"Architectures":["arm64"],"Code":{"S3Bucket":"artifacts","S3Key":"hello-1.4.2.zip",\
      "S3ObjectVersion":"abc"},"DeadLetterConfig":{"TargetArn":"arn:aws:sqs:us-east-1:111122223333:dead"},\
      "Environment":{"Variables":{"GREETING":"grüß \\"dich\\"","LOG_LEVEL":"info"}},\
      "EphemeralStorage":{"Size":1024},"FileSystemConfigs":[{"Arn":"arn:aws:elasticfilesystem:us-east-1:111122223333:access-point/fsap-1",\
      "LocalMountPath":"/mnt/data"}],"Handler":"index.handler","KMSKeyArn":"arn:aws:kms:us-east-1:111122223333:key/k",\
      "Layers":["arn:aws:lambda:us-east-1:111122223333:layer:b:2","arn:layer:a:1"],\
      "LoggingConfig":{"ApplicationLogLevel":"DEBUG","LogFormat":"JSON",\
      "LogGroup":"/logs/hello"},"MemorySize":256,"Role":"arn:aws:iam::111122223333:role/hello",\
      "Runtime":"nodejs22.x","SnapStart":{"ApplyOn":"PublishedVersions"},\
      "Timeout":10,"TracingConfig":{"Mode":"Active"},"VpcConfig":{"SecurityGroupIds":["sg-1"],\
      "SubnetIds":["subnet-a","subnet-b"]}}\
      """;

  private static final String IMAGE =
      """
      {"Code":{"ImageUri":"111122223333.dkr.ecr.us-east-1.amazonaws.com/hello@sha256:0a1b"},\
      "ImageConfig":{"Command":["a","b"],"EntryPoint":["/bin/run"],\
      "WorkingDirectory":"/srv"},"Role":"arn:aws:iam::111122223333:role/hello"}\
      """;

  private static final byte[] KEY =
      "0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8);
  private final ReleaseHash hash = new ReleaseHash(new InstallationIdentity("lr-1", KEY));

  private ReleaseId of(FunctionDefinition definition) {
    return hash.of(definition);
  }

  @Test
  void theSmallestDefinitionIsItsGoldenRelease() {
    FunctionDefinition small = Definitions.small().build();

    assertThat(new String(ReleaseHash.canonicalJson(small), StandardCharsets.UTF_8))
        .isEqualTo(SMALL);
    assertThat(of(small)).isEqualTo(new ReleaseId("1-56317c1adb"));
  }

  @Test
  void aDefinitionWithEveryMemberIsItsGoldenRelease() {
    FunctionDefinition full = Definitions.full().build();

    assertThat(new String(ReleaseHash.canonicalJson(full), StandardCharsets.UTF_8)).isEqualTo(FULL);
    assertThat(of(full)).isEqualTo(new ReleaseId("1-8e20d69542"));
  }

  @Test
  void anImageIsItsGoldenRelease() {
    FunctionDefinition image = Definitions.image().build();

    assertThat(new String(ReleaseHash.canonicalJson(image), StandardCharsets.UTF_8))
        .isEqualTo(IMAGE);
    assertThat(of(image)).isEqualTo(new ReleaseId("1-412d6188ed"));
  }

  @Test
  void anotherKeyNamesTheSameReleaseDifferently() {
    byte[] other = KEY.clone();
    other[0]++;

    assertThat(
            new ReleaseHash(new InstallationIdentity("lr-1", other))
                .of(Definitions.small().build()))
        .isNotEqualTo(of(Definitions.small().build()));
  }

  @Test
  void theFunctionsNameIsNotInTheRelease() {
    Definitions renamed = Definitions.small();
    renamed.name = "hello-prod";

    assertThat(of(renamed.build())).isEqualTo(of(Definitions.small().build()));
  }

  @Test
  void theOrderOfSubnetsIsNotInTheRelease() {
    Definitions reordered = Definitions.full();
    reordered.vpcConfig = new VpcConfig(List.of("subnet-a", "subnet-b"), List.of("sg-1"));

    assertThat(of(reordered.build())).isEqualTo(of(Definitions.full().build()));
  }

  static Stream<Consumer<Definitions>> changes() {
    return Stream.of(
        d -> d.code = Definitions.files(Map.of("index.mjs", "changed")),
        d ->
            d.code =
                Definitions.files(
                    Map.of("other.mjs", "export const handler = async () => 'hello';\n")),
        d -> d.code = new FunctionDefinition.Code.S3("b", "k", null),
        d -> d.code = new FunctionDefinition.Code.Image("repo:tag"),
        d -> d.runtime = "nodejs24.x",
        d -> d.handler = "index.other",
        d -> d.role = "arn:aws:iam::111122223333:role/other",
        d -> d.architectures = List.of("arm64"),
        d -> d.memorySize = 128,
        d -> d.timeout = 3,
        d -> d.ephemeralStorageSize = 512,
        d -> d.environment = Map.of("A", ""),
        d -> d.layers = List.of("arn:layer:a:1"),
        d -> d.vpcConfig = new VpcConfig(List.of("subnet-a"), List.of("sg-1")),
        d -> d.deadLetterTargetArn = "arn:dead",
        d -> d.tracingMode = "Active",
        d -> d.snapStartApplyOn = "PublishedVersions",
        d -> d.loggingConfig = new FunctionDefinition.LoggingConfig("JSON", null, null, null),
        d -> d.kmsKeyArn = "arn:key",
        d -> d.fileSystems = List.of(new FunctionDefinition.FileSystem("arn:fs", "/mnt/a")),
        d -> d.imageConfig = new FunctionDefinition.ImageConfig(List.of(), List.of("a"), null));
  }

  @ParameterizedTest
  @MethodSource("changes")
  void everythingThatAVersionFreezesIsInTheRelease(Consumer<Definitions> change) {
    Definitions changed = Definitions.small();
    change.accept(changed);

    assertThat(of(changed.build())).isNotEqualTo(of(Definitions.small().build()));
  }
}
