package dev.lambdarollouts.aws;

import dev.lambdarollouts.engine.port.FunctionDefinition.ImageConfig;
import dev.lambdarollouts.engine.port.FunctionDefinition.LoggingConfig;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.model.UpdateFunctionConfigurationRequest;

/**
 * One member of a function's configuration: how it is compared, and how an update says it. An
 * update says only the members that differ, for those that it leaves out AWS keeps.
 */
// The fields hold method references and lambdas without state.
@SuppressWarnings("ImmutableEnumChecker")
enum ConfigurationMember {
  ROLE("role", FunctionSettings::role, (update, to) -> update.role(to.role())),
  RUNTIME("runtime", FunctionSettings::runtime, (update, to) -> update.runtime(to.runtime())),
  HANDLER("handler", FunctionSettings::handler, (update, to) -> update.handler(to.handler())),
  MEMORY_SIZE(
      "memorySize",
      FunctionSettings::memorySize,
      (update, to) -> update.memorySize(to.memorySize())),
  TIMEOUT("timeout", FunctionSettings::timeout, (update, to) -> update.timeout(to.timeout())),
  EPHEMERAL_STORAGE(
      "ephemeralStorageSize",
      FunctionSettings::ephemeralStorageSize,
      (update, to) -> update.ephemeralStorage(e -> e.size(to.ephemeralStorageSize()))),
  ENVIRONMENT(
      "environment",
      FunctionSettings::environment,
      (update, to) -> update.environment(e -> e.variables(to.environment()))),
  LAYERS("layers", FunctionSettings::layers, (update, to) -> update.layers(to.layers())),
  VPC(
      "vpcConfig",
      FunctionSettings::vpc,
      (update, to) ->
          update.vpcConfig(
              v ->
                  v.subnetIds(to.vpc().subnetIds()).securityGroupIds(to.vpc().securityGroupIds()))),
  DEAD_LETTER(
      "deadLetterConfig",
      FunctionSettings::deadLetterTargetArn,
      (update, to) -> update.deadLetterConfig(d -> d.targetArn(to.deadLetterTargetArn()))),
  TRACING(
      "tracingConfig",
      FunctionSettings::tracingMode,
      (update, to) -> update.tracingConfig(t -> t.mode(to.tracingMode()))),
  SNAP_START(
      "snapStart",
      FunctionSettings::snapStartApplyOn,
      (update, to) -> update.snapStart(s -> s.applyOn(to.snapStartApplyOn()))),
  LOGGING(
      "loggingConfig",
      FunctionSettings::logging,
      (update, to) -> update.loggingConfig(sdk(to.logging()))),
  KMS_KEY(
      "kmsKeyArn", FunctionSettings::kmsKeyArn, (update, to) -> update.kmsKeyArn(to.kmsKeyArn())),
  FILE_SYSTEMS(
      "fileSystemConfigs",
      FunctionSettings::fileSystems,
      (update, to) -> update.fileSystemConfigs(FunctionRequests.sdk(to.fileSystems()))),
  IMAGE_CONFIG(
      "imageConfig",
      FunctionSettings::imageConfig,
      (update, to) -> update.imageConfig(sdk(to.imageConfig())));

  private final String field;
  private final Function<FunctionSettings, @Nullable Object> value;
  private final BiConsumer<UpdateFunctionConfigurationRequest.Builder, FunctionSettings> say;

  ConfigurationMember(
      String field,
      Function<FunctionSettings, @Nullable Object> value,
      BiConsumer<UpdateFunctionConfigurationRequest.Builder, FunctionSettings> say) {
    this.field = field;
    this.value = value;
    this.say = say;
  }

  /** The members in which what AWS reports is not what is wanted. */
  static Set<ConfigurationMember> differing(FunctionSettings wanted, FunctionSettings reported) {
    EnumSet<ConfigurationMember> differing = EnumSet.noneOf(ConfigurationMember.class);
    for (ConfigurationMember member : values()) {
      Object want = member.value.apply(wanted);
      if (want != null && !want.equals(member.value.apply(reported))) {
        differing.add(member);
      }
    }
    return differing;
  }

  /** The members as a user writes them, never their values. */
  static String fields(Set<ConfigurationMember> members) {
    return members.stream().map(member -> member.field).collect(Collectors.joining(", "));
  }

  void say(UpdateFunctionConfigurationRequest.Builder update, FunctionSettings to) {
    say.accept(update, to);
  }

  static software.amazon.awssdk.services.lambda.model.LoggingConfig sdk(LoggingConfig logging) {
    return software.amazon.awssdk.services.lambda.model.LoggingConfig.builder()
        .logFormat(logging.logFormat())
        .applicationLogLevel(logging.applicationLogLevel())
        .systemLogLevel(logging.systemLogLevel())
        .logGroup(logging.logGroup())
        .build();
  }

  /** Members that are empty are left out: an empty ImageConfig takes every override back. */
  static software.amazon.awssdk.services.lambda.model.ImageConfig sdk(ImageConfig image) {
    var config = software.amazon.awssdk.services.lambda.model.ImageConfig.builder();
    if (!image.entryPoint().isEmpty()) {
      config.entryPoint(image.entryPoint());
    }
    if (!image.command().isEmpty()) {
      config.command(image.command());
    }
    return config.workingDirectory(image.workingDirectory()).build();
  }
}
