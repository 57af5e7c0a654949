package dev.lambdarollouts.aws;

import dev.lambdarollouts.engine.port.FunctionDefinition;
import dev.lambdarollouts.engine.port.FunctionDefinition.FileSystem;
import dev.lambdarollouts.engine.port.FunctionDefinition.ImageConfig;
import dev.lambdarollouts.engine.port.FunctionDefinition.LoggingConfig;
import dev.lambdarollouts.engine.port.FunctionDefinition.VpcConfig;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.lambda.model.DeadLetterConfig;
import software.amazon.awssdk.services.lambda.model.EphemeralStorage;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.ImageConfigResponse;
import software.amazon.awssdk.services.lambda.model.Layer;
import software.amazon.awssdk.services.lambda.model.SnapStartResponse;
import software.amazon.awssdk.services.lambda.model.TracingConfigResponse;
import software.amazon.awssdk.services.lambda.model.VpcConfigResponse;

/**
 * A function's configuration with nothing left open, so that what is wanted and what AWS reports
 * can be held against each other member by member. A member that a definition leaves out is AWS'
 * default here: it was never set, or an earlier release had set it and it goes back. Only a runtime
 * and a handler left out (an image has none) are not compared.
 *
 * @param memorySize MB
 * @param timeout seconds
 * @param ephemeralStorageSize MB
 * @param deadLetterTargetArn empty: none
 * @param kmsKeyArn empty: AWS' own key
 */
record FunctionSettings(
    String role,
    @Nullable String runtime,
    @Nullable String handler,
    int memorySize,
    int timeout,
    int ephemeralStorageSize,
    Map<String, String> environment,
    List<String> layers,
    VpcConfig vpc,
    String deadLetterTargetArn,
    String tracingMode,
    String snapStartApplyOn,
    LoggingConfig logging,
    String kmsKeyArn,
    List<FileSystem> fileSystems,
    ImageConfig imageConfig) {

  /** AWS' defaults (Lambda API, CreateFunction). */
  private static final int MEMORY_SIZE = 128;

  private static final int TIMEOUT = 3;
  private static final int EPHEMERAL_STORAGE_SIZE = 512;
  private static final String TRACING_MODE = "PassThrough";
  private static final String SNAP_START = "None";
  private static final String LOG_FORMAT = "Text";
  private static final String JSON_LOG_LEVEL = "INFO";
  private static final VpcConfig NO_VPC = new VpcConfig(List.of(), List.of());
  private static final ImageConfig NO_IMAGE_CONFIG = new ImageConfig(List.of(), List.of(), null);

  static FunctionSettings wanted(FunctionDefinition definition) {
    return new FunctionSettings(
        definition.role(),
        definition.runtime(),
        definition.handler(),
        or(definition.memorySize(), MEMORY_SIZE),
        or(definition.timeout(), TIMEOUT),
        or(definition.ephemeralStorageSize(), EPHEMERAL_STORAGE_SIZE),
        definition.environment(),
        definition.layers(),
        sorted(or(definition.vpcConfig(), NO_VPC)),
        or(definition.deadLetterTargetArn(), ""),
        or(definition.tracingMode(), TRACING_MODE),
        or(definition.snapStartApplyOn(), SNAP_START),
        logging(definition.loggingConfig(), definition.name()),
        or(definition.kmsKeyArn(), ""),
        definition.fileSystems(),
        or(definition.imageConfig(), NO_IMAGE_CONFIG));
  }

  static FunctionSettings reported(FunctionConfiguration is) {
    return new FunctionSettings(
        or(is.role(), ""),
        is.runtimeAsString(),
        is.handler(),
        or(is.memorySize(), MEMORY_SIZE),
        or(is.timeout(), TIMEOUT),
        or(of(is.ephemeralStorage(), EphemeralStorage::size), EPHEMERAL_STORAGE_SIZE),
        is.environment() == null ? Map.of() : new TreeMap<>(is.environment().variables()),
        is.layers().stream().map(Layer::arn).toList(),
        vpc(is.vpcConfig()),
        or(of(is.deadLetterConfig(), DeadLetterConfig::targetArn), ""),
        or(of(is.tracingConfig(), TracingConfigResponse::modeAsString), TRACING_MODE),
        or(of(is.snapStart(), SnapStartResponse::applyOnAsString), SNAP_START),
        logging(loggingOf(is), is.functionName()),
        or(is.kmsKeyArn(), ""),
        is.fileSystemConfigs().stream()
            .map(system -> new FileSystem(system.arn(), system.localMountPath()))
            .toList(),
        imageConfig(is.imageConfigResponse()));
  }

  private static LoggingConfig logging(@Nullable LoggingConfig given, String functionName) {
    String format = or(given == null ? null : given.logFormat(), LOG_FORMAT);
    boolean text = format.equals(LOG_FORMAT);
    String noLevel = text ? null : JSON_LOG_LEVEL;
    return new LoggingConfig(
        format,
        given == null || given.applicationLogLevel() == null
            ? noLevel
            : given.applicationLogLevel(),
        given == null || given.systemLogLevel() == null ? noLevel : given.systemLogLevel(),
        or(given == null ? null : given.logGroup(), "/aws/lambda/" + functionName));
  }

  private static @Nullable LoggingConfig loggingOf(FunctionConfiguration is) {
    var logging = is.loggingConfig();
    return logging == null
        ? null
        : new LoggingConfig(
            logging.logFormatAsString(),
            logging.applicationLogLevelAsString(),
            logging.systemLogLevelAsString(),
            logging.logGroup());
  }

  private static VpcConfig vpc(@Nullable VpcConfigResponse is) {
    return is == null ? NO_VPC : sorted(new VpcConfig(is.subnetIds(), is.securityGroupIds()));
  }

  /** AWS keeps them as sets. */
  private static VpcConfig sorted(VpcConfig vpc) {
    return new VpcConfig(
        vpc.subnetIds().stream().sorted().toList(),
        vpc.securityGroupIds().stream().sorted().toList());
  }

  private static ImageConfig imageConfig(@Nullable ImageConfigResponse is) {
    var config = is == null ? null : is.imageConfig();
    return config == null
        ? NO_IMAGE_CONFIG
        : new ImageConfig(
            config.entryPoint(), config.command(), presentOrNull(config.workingDirectory()));
  }

  private static @Nullable String presentOrNull(@Nullable String text) {
    return text == null || text.isEmpty() ? null : text;
  }

  private static <T> T or(@Nullable T given, T otherwise) {
    return Objects.requireNonNullElse(given, otherwise);
  }

  private static <S, T> @Nullable T of(@Nullable S member, Function<S, @Nullable T> read) {
    return member == null ? null : read.apply(member);
  }

  /** Without the environment's values, which may be secret. */
  @Override
  public String toString() {
    return "FunctionSettings[environment " + environment.keySet() + "]";
  }
}
