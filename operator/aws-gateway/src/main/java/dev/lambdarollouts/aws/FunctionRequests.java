package dev.lambdarollouts.aws;

import dev.lambdarollouts.aws.FunctionMemory.Settled;
import dev.lambdarollouts.engine.port.FunctionDefinition;
import dev.lambdarollouts.engine.port.FunctionDefinition.Code;
import dev.lambdarollouts.engine.port.FunctionDefinition.VpcConfig;
import dev.lambdarollouts.engine.port.Owner;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.model.CreateFunctionRequest;
import software.amazon.awssdk.services.lambda.model.FileSystemConfig;
import software.amazon.awssdk.services.lambda.model.FunctionCode;
import software.amazon.awssdk.services.lambda.model.PackageType;
import software.amazon.awssdk.services.lambda.model.UpdateFunctionCodeRequest;
import software.amazon.awssdk.services.lambda.model.UpdateFunctionConfigurationRequest;

/** A definition as the requests that bring {@code $LATEST} to it. */
final class FunctionRequests {
  /** AWS' default (Lambda API, CreateFunction). */
  static final List<String> DEFAULT_ARCHITECTURES = List.of("x86_64");

  private FunctionRequests() {}

  /** CreateFunction says what the definition says; what it leaves out is AWS' default. */
  static CreateFunctionRequest create(FunctionDefinition wanted, CodePackage code, Owner owner) {
    CreateFunctionRequest.Builder request =
        CreateFunctionRequest.builder()
            .functionName(wanted.name())
            .code(functionCode(code))
            .packageType(code instanceof CodePackage.Image ? PackageType.IMAGE : PackageType.ZIP)
            .runtime(wanted.runtime())
            .handler(wanted.handler())
            .role(wanted.role())
            .memorySize(wanted.memorySize())
            .timeout(wanted.timeout())
            .kmsKeyArn(wanted.kmsKeyArn())
            .publish(false)
            .tags(OwnerTags.ofCreated(owner))
            .overrideConfiguration(SdkClients::withTimeForCode);
    listsAndMaps(request, wanted);
    nested(request, wanted);
    return request.build();
  }

  private static void listsAndMaps(
      CreateFunctionRequest.Builder request, FunctionDefinition wanted) {
    if (!wanted.architectures().isEmpty()) {
      request.architecturesWithStrings(wanted.architectures());
    }
    if (!wanted.environment().isEmpty()) {
      request.environment(e -> e.variables(wanted.environment()));
    }
    if (!wanted.layers().isEmpty()) {
      request.layers(wanted.layers());
    }
    if (!wanted.fileSystems().isEmpty()) {
      request.fileSystemConfigs(sdk(wanted.fileSystems()));
    }
  }

  private static void nested(CreateFunctionRequest.Builder request, FunctionDefinition wanted) {
    Integer storage = wanted.ephemeralStorageSize();
    if (storage != null) {
      request.ephemeralStorage(e -> e.size(storage));
    }
    VpcConfig vpc = wanted.vpcConfig();
    if (vpc != null) {
      request.vpcConfig(v -> v.subnetIds(vpc.subnetIds()).securityGroupIds(vpc.securityGroupIds()));
    }
    if (wanted.deadLetterTargetArn() != null) {
      request.deadLetterConfig(d -> d.targetArn(wanted.deadLetterTargetArn()));
    }
    if (wanted.tracingMode() != null) {
      request.tracingConfig(t -> t.mode(wanted.tracingMode()));
    }
    if (wanted.snapStartApplyOn() != null) {
      request.snapStart(s -> s.applyOn(wanted.snapStartApplyOn()));
    }
    if (wanted.loggingConfig() != null) {
      request.loggingConfig(ConfigurationMember.sdk(wanted.loggingConfig()));
    }
    if (wanted.imageConfig() != null) {
      request.imageConfig(ConfigurationMember.sdk(wanted.imageConfig()));
    }
  }

  /**
   * UpdateFunctionConfiguration says what differs. Where nothing does and AWS' last update failed,
   * it says again what every function has, so that AWS tries once more.
   */
  static UpdateFunctionConfigurationRequest configuration(
      FunctionDefinition wanted, Settled settled) {
    Set<ConfigurationMember> members =
        settled.differing().isEmpty()
            ? EnumSet.of(
                ConfigurationMember.ROLE,
                ConfigurationMember.MEMORY_SIZE,
                ConfigurationMember.TIMEOUT)
            : settled.differing();
    UpdateFunctionConfigurationRequest.Builder request =
        UpdateFunctionConfigurationRequest.builder()
            .functionName(wanted.name())
            .revisionId(settled.revisionId());
    FunctionSettings settings = FunctionSettings.wanted(wanted);
    members.forEach(member -> member.say(request, settings));
    return request.build();
  }

  static UpdateFunctionCodeRequest code(
      FunctionDefinition wanted, CodePackage code, Settled settled) {
    UpdateFunctionCodeRequest.Builder request =
        UpdateFunctionCodeRequest.builder()
            .functionName(wanted.name())
            .architecturesWithStrings(architectures(wanted))
            .publish(false)
            .revisionId(settled.revisionId())
            .overrideConfiguration(SdkClients::withTimeForCode);
    switch (code) {
      case CodePackage.Zip zip -> request.zipFile(zip.bytes());
      case CodePackage.Image image -> request.imageUri(image.uri());
      case CodePackage.S3(Code.S3(String bucket, String key, @Nullable String objectVersion)) ->
          request.s3Bucket(bucket).s3Key(key).s3ObjectVersion(objectVersion);
    }
    return request.build();
  }

  static List<String> architectures(FunctionDefinition wanted) {
    return wanted.architectures().isEmpty() ? DEFAULT_ARCHITECTURES : wanted.architectures();
  }

  private static FunctionCode functionCode(CodePackage code) {
    FunctionCode.Builder function = FunctionCode.builder();
    switch (code) {
      case CodePackage.Zip zip -> function.zipFile(zip.bytes());
      case CodePackage.Image image -> function.imageUri(image.uri());
      case CodePackage.S3(Code.S3(String bucket, String key, @Nullable String objectVersion)) ->
          function.s3Bucket(bucket).s3Key(key).s3ObjectVersion(objectVersion);
    }
    return function.build();
  }

  static List<FileSystemConfig> sdk(List<FunctionDefinition.FileSystem> fileSystems) {
    return fileSystems.stream()
        .map(
            system ->
                FileSystemConfig.builder()
                    .arn(system.arn())
                    .localMountPath(system.localMountPath())
                    .build())
        .toList();
  }
}
