package dev.lambdarollouts.simulator.lambda;

import static dev.lambdarollouts.simulator.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.simulator.TestAws;
import dev.lambdarollouts.simulator.Zips;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.model.CreateFunctionRequest;
import software.amazon.awssdk.services.lambda.model.FileSystemConfig;
import software.amazon.awssdk.services.lambda.model.FunctionCode;
import software.amazon.awssdk.services.lambda.model.LambdaException;
import software.amazon.awssdk.services.lambda.model.LogFormat;
import software.amazon.awssdk.services.lambda.model.PackageType;
import software.amazon.awssdk.services.lambda.model.Runtime;
import software.amazon.awssdk.services.lambda.model.SnapStartApplyOn;
import software.amazon.awssdk.services.lambda.model.UpdateFunctionConfigurationRequest;

/** Settings that are right one by one and that Lambda does not take all the same. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SettingRefusalTest {
  private static final String INVALID = "InvalidParameterValueException";
  private static final String LAYER = "arn:aws:lambda:eu-west-1:111111111111:layer:";
  private static final String ACCESS_POINT =
      "arn:aws:elasticfilesystem:eu-west-1:111111111111:access-point/fsap-0123456789abcdef0";

  private static final SnapStartApplyOn PUBLISHED = SnapStartApplyOn.PUBLISHED_VERSIONS;

  private final TestAws aws = new TestAws();

  @BeforeAll
  void function() {
    aws.create("hello");
  }

  @AfterAll
  void stop() {
    aws.close();
  }

  @Test
  void reservedEnvironmentVariablesAtCreation() {
    refused(
        400,
        INVALID,
        "Lambda was unable to configure your environment variables because the environment"
            + " variables you have provided contains reserved keys that are currently not supported"
            + " for modification. Reserved keys used in this request: AWS_REGION",
        () ->
            create(r -> r.environment(e -> e.variables(Map.of("AWS_REGION", "x", "STAGE", "y")))));
  }

  @Test
  void reservedEnvironmentVariablesAtAnUpdate() {
    refused(
        400,
        INVALID,
        "Lambda was unable to configure your environment variables because the environment"
            + " variables you have provided contains reserved keys that are currently not supported"
            + " for modification. Reserved keys used in this request: AWS_LAMBDA_FUNCTION_NAME",
        () ->
            update(
                r -> r.environment(e -> e.variables(Map.of("AWS_LAMBDA_FUNCTION_NAME", "other")))));
  }

  @Test
  void aHandlerVariableOfTheRuntimeHasNoNameForAVariable() {
    refused(
        400,
        "ValidationException",
        "1 validation error detected: Value at 'environment.variables' failed to satisfy"
            + " constraint: Map keys must satisfy constraint: [Member must satisfy regular"
            + " expression pattern: [a-zA-Z]([a-zA-Z0-9_])+]",
        () -> update(r -> r.environment(e -> e.variables(Map.of("_HANDLER", "secret")))));
  }

  @Test
  void aRoleOfAnotherAccount() {
    String role = "arn:aws:iam::222222222222:role/other";
    String message = "Cross-account pass role is not allowed.";
    refused(403, "AccessDeniedException", message, () -> create(r -> r.role(role)));
    refused(403, "AccessDeniedException", message, () -> update(r -> r.role(role)));
  }

  @Test
  void moreMemoryThanAFunctionCanHave() {
    refused(
        400,
        "ValidationException",
        "'MemorySize' value failed to satisfy constraint: Member must have value less than or equal"
            + " to 10240",
        () -> update(r -> r.memorySize(10_241)));
  }

  @Test
  void snapStartOnARuntimeWithoutIt() {
    String message = "nodejs22.x is not supported for SnapStart enabled functions.";
    refused(400, INVALID, message, () -> create(r -> r.snapStart(s -> s.applyOn(PUBLISHED))));
    refused(400, INVALID, message, () -> update(r -> r.snapStart(s -> s.applyOn(PUBLISHED))));
  }

  @Test
  void snapStartWithMuchStorage() {
    refused(
        400,
        INVALID,
        "Ephemeral storage of more than 512 MB is not supported for SnapStart enabled functions,"
            + " but is 513 MB.",
        () ->
            create(
                r ->
                    r.runtime(Runtime.JAVA21)
                        .snapStart(s -> s.applyOn(PUBLISHED))
                        .ephemeralStorage(e -> e.size(513))));
  }

  @Test
  void snapStartWithAFileSystem() {
    refused(
        400,
        INVALID,
        "File systems are not supported for SnapStart enabled functions.",
        () ->
            create(
                r ->
                    r.runtime(Runtime.JAVA21)
                        .snapStart(s -> s.applyOn(PUBLISHED))
                        .vpcConfig(v -> v.subnetIds("subnet-1").securityGroupIds("sg-1"))
                        .fileSystemConfigs(fileSystem())));
  }

  @Test
  void aFileSystemOutsideOfAVpc() {
    refused(
        400,
        INVALID,
        "Function must be configured to execute in a VPC to reference access point "
            + ACCESS_POINT
            + ". Please update the function configuration to include VPC subnets and security"
            + " groups.",
        () -> create(r -> r.fileSystemConfigs(fileSystem())));
  }

  @Test
  void moreThanFiveLayers() {
    refused(
        400,
        INVALID,
        "Cannot reference more than 5 layers.",
        () -> update(r -> r.layers(Collections.nCopies(6, LAYER + "a:1"))));
  }

  @Test
  void twoVersionsOfALayer() {
    refused(
        400,
        INVALID,
        "Two different versions of the same layer are not allowed to be referenced in the same"
            + " function. "
            + LAYER
            + "a:1 and "
            + LAYER
            + "a:2 are versions of the same layer.",
        () -> update(r -> r.layers(LAYER + "a:1", LAYER + "b:1", LAYER + "a:2")));
  }

  @Test
  void aLayerOfAnotherRegion() {
    refused(
        400,
        INVALID,
        "Layers are not in the same region as the function. Layers are expected to be in region"
            + " eu-west-1.",
        () -> update(r -> r.layers("arn:aws:lambda:us-east-1:111111111111:layer:a:1")));
  }

  @Test
  void imageSettingsOfAPackage() {
    refused(
        400,
        INVALID,
        "Please don't provide ImageConfig for a function with packageType Zip.",
        () -> update(r -> r.imageConfig(i -> i.command("run"))));
  }

  @Test
  void logLevelsOfTextLogs() {
    String message =
        "LogLevel is not supported when LogFormat is set to \"Text\". Remove LogLevel from your"
            + " request or change the LogFormat to \"JSON\" and try again.";
    refused(
        400,
        INVALID,
        message,
        () ->
            create(r -> r.loggingConfig(l -> l.logFormat(LogFormat.TEXT).systemLogLevel("WARN"))));
    refused(
        400,
        INVALID,
        message,
        () -> update(r -> r.loggingConfig(l -> l.applicationLogLevel("DEBUG"))));
  }

  @Test
  void aPackageAndABucket() {
    refused(
        400,
        INVALID,
        "Please do not provide other FunctionCode parameters when providing a ZipFile.",
        () -> create(r -> r.code(zip().s3Bucket("code").s3Key("a.zip").build())));
  }

  @Test
  void imagesThatLambdaCannotPull() {
    String repository = "111111111111.dkr.ecr.eu-west-1.amazonaws.com/app";
    String digest = "@sha256:" + "0".repeat(64);
    for (String uri :
        List.of(
            repository,
            repository + ":1" + digest,
            "public.ecr.aws/lambda/python:3.13",
            "111111111111.dkr.ecr.us-east-1.amazonaws.com/app:1",
            "app:1")) {
      refused(
          400,
          INVALID,
          "Source image " + uri + " is not valid. Provide a valid source image.",
          () -> createImage(uri));
    }
    assertThat(createImage(repository + digest)).isEqualTo("0".repeat(64));
  }

  @Test
  void tagsThatBelongToAws() {
    String message = "Tag keys that begin with aws: are reserved for AWS, but one is AWS:team.";
    Map<String, String> tags = Map.of("AWS:team", "a");
    refused(400, INVALID, message, () -> create(r -> r.tags(tags)));
    refused(
        400,
        INVALID,
        message,
        () -> aws.lambda.tagResource(r -> r.resource(TestAws.arn("hello")).tags(tags)));
    refused(
        400,
        INVALID,
        message,
        () ->
            aws.lambda.createEventSourceMapping(
                r ->
                    r.functionName("hello")
                        .eventSourceArn("arn:aws:sqs:eu-west-1:111111111111:tagged")
                        .tags(tags)));
    assertThat(
            aws.lambda.listEventSourceMappings(r -> r.functionName("hello")).eventSourceMappings())
        .isEmpty();
  }

  @Test
  void tooLongTags() {
    assertThat(
            refusal(
                () ->
                    aws.lambda.tagResource(
                        r -> r.resource(TestAws.arn("hello")).tags(Map.of("k".repeat(129), "v")))))
        .contains("at 'tags' failed to satisfy constraint: Map keys must satisfy constraint:");
    assertThat(
            refusal(
                () ->
                    aws.lambda.tagResource(
                        r -> r.resource(TestAws.arn("hello")).tags(Map.of("k", "v".repeat(257))))))
        .contains("at 'tags' failed to satisfy constraint: Map value must satisfy constraint:");
    assertThat(aws.lambda.listTags(r -> r.resource(TestAws.arn("hello"))).tags()).isEmpty();
  }

  private static String refusal(Runnable call) {
    try {
      call.run();
    } catch (LambdaException e) {
      return e.awsErrorDetails().errorCode() + ": " + e.awsErrorDetails().errorMessage();
    }
    throw new AssertionError("The call should have been refused.");
  }

  private void create(Consumer<CreateFunctionRequest.Builder> settings) {
    aws.create("other", settings);
  }

  private String createImage(String uri) {
    return aws.lambda
        .createFunction(
            r ->
                r.functionName("image")
                    .packageType(PackageType.IMAGE)
                    .role(TestAws.ROLE)
                    .code(code -> code.imageUri(uri)))
        .codeSha256();
  }

  private void update(Consumer<UpdateFunctionConfigurationRequest.Builder> settings) {
    aws.lambda.updateFunctionConfiguration(
        request -> settings.accept(request.functionName("hello")));
  }

  private static FunctionCode.Builder zip() {
    return FunctionCode.builder().zipFile(SdkBytes.fromByteArray(Zips.of("index.js", "x")));
  }

  private static FileSystemConfig fileSystem() {
    return FileSystemConfig.builder().arn(ACCESS_POINT).localMountPath("/mnt/data").build();
  }
}
