package dev.lambdarollouts.simulator.lambda;

import static dev.lambdarollouts.simulator.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdarollouts.simulator.RawClient;
import dev.lambdarollouts.simulator.TestAws;
import dev.lambdarollouts.simulator.Zips;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.LastUpdateStatus;
import software.amazon.awssdk.services.lambda.model.State;
import software.amazon.awssdk.services.lambda.model.UpdateFunctionCodeResponse;

/** Code and configuration updates (shared/design/aws.md 1.2) and what creating refuses (1.5). */
class UpdateFunctionTest {
  private final TestAws aws = new TestAws();

  @BeforeEach
  void function() {
    aws.create("hello");
  }

  @AfterEach
  void stop() {
    aws.close();
  }

  @Test
  void aDryRunAnswersWithTheNewCodeAndChangesNothing() {
    FunctionConfiguration before = latest();

    UpdateFunctionCodeResponse response =
        aws.lambda.updateFunctionCode(
            request -> request.functionName("hello").dryRun(true).zipFile(zip("code 2")));

    assertThat(response.codeSha256()).isNotEqualTo(before.codeSha256());
    assertThat(latest()).isEqualTo(before);
  }

  @Test
  void oneUpdateAtATime() {
    aws.lambda.updateFunctionCode(request -> request.functionName("hello").zipFile(zip("code 2")));
    String message =
        "The operation cannot be performed at this time. An update is in progress for resource: "
            + TestAws.arn("hello");
    refused(
        409,
        "ResourceConflictException",
        message,
        () -> aws.lambda.updateFunctionCode(r -> r.functionName("hello").zipFile(zip("code 3"))));
    refused(
        409,
        "ResourceConflictException",
        message,
        () -> aws.lambda.updateFunctionConfiguration(r -> r.functionName("hello").memorySize(512)));
    refused(
        409,
        "ResourceConflictException",
        message,
        () -> aws.lambda.tagResource(r -> r.resource(TestAws.arn("hello")).tags(Map.of("a", "b"))));
  }

  @Test
  void aStaleRevisionIsRefused() {
    String message =
        "The Revision Id provided does not match the latest Revision Id. Call the"
            + " GetFunction/GetAlias API to retrieve the latest Revision Id";
    refused(
        412,
        "PreconditionFailedException",
        message,
        () ->
            aws.lambda.updateFunctionCode(
                r -> r.functionName("hello").zipFile(zip("code 2")).revisionId("stale")));
    refused(
        412,
        "PreconditionFailedException",
        message,
        () ->
            aws.lambda.updateFunctionConfiguration(
                r -> r.functionName("hello").memorySize(512).revisionId("stale")));
  }

  @Test
  void aVersionCannotBeUpdated() {
    aws.lambda.publishVersion(request -> request.functionName("hello"));
    refused(
        400,
        "InvalidParameterValueException",
        "Current operation does not support versions other than $LATEST",
        () -> aws.lambda.updateFunctionCode(r -> r.functionName("hello:1").zipFile(zip("code 2"))));
  }

  @Test
  void imageAndZipDoNotTurnIntoEachOther() {
    aws.create(
        "image",
        request ->
            request
                .packageType("Image")
                .runtime((String) null)
                .handler(null)
                .code(code -> code.imageUri("111111111111.dkr.ecr.eu-west-1.amazonaws.com/app:1")));
    refused(
        400,
        "InvalidParameterValueException",
        "Please provide ImageUri when updating a function with packageType Image.",
        () -> aws.lambda.updateFunctionCode(r -> r.functionName("image").zipFile(zip("code 2"))));
    refused(
        400,
        "InvalidParameterValueException",
        "Please don't provide ImageUri when updating a function with packageType Zip.",
        () -> aws.lambda.updateFunctionCode(r -> r.functionName("hello").imageUri("x/y:1")));
    var code = aws.lambda.getFunction(request -> request.functionName("image")).code();
    assertThat(code.repositoryType()).isEqualTo("ECR");
    assertThat(code.resolvedImageUri())
        .matches("111111111111\\.dkr\\.ecr\\.eu-west-1\\.amazonaws\\.com/app@sha256:[0-9a-f]{64}");
  }

  @Test
  void codeThatS3DoesNotHaveIsToldInS3sWords() {
    refused(
        400,
        "InvalidParameterValueException",
        "Error occurred while GetObject. S3 Error Code: NoSuchBucket. S3 Error Message: The"
            + " specified bucket does not exist",
        () ->
            aws.lambda.updateFunctionCode(
                r -> r.functionName("hello").s3Bucket("none").s3Key("a.zip")));
    RawClient raw = new RawClient(aws.simulator.endpoint(), TestAws.ACCOUNT, "s3");
    raw.send("PUT", "/code", "");
    refused(
        400,
        "InvalidParameterValueException",
        "Error occurred while GetObject. S3 Error Code: NoSuchKey. S3 Error Message: The specified"
            + " key does not exist.",
        () ->
            aws.lambda.updateFunctionCode(
                r -> r.functionName("hello").s3Bucket("code").s3Key("a.zip")));
  }

  @Test
  void codeComesFromABucketInTheVersionThatIsAskedFor() {
    RawClient raw = new RawClient(aws.simulator.endpoint(), TestAws.ACCOUNT, "s3");
    raw.send("PUT", "/code", "");
    raw.send(
        "PUT",
        "/code?versioning",
        "<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>");
    byte[] old = Zips.of("index.js", "old");
    String oldVersion =
        raw.send("PUT", "/code/a.zip", old).headers().firstValue("x-amz-version-id").orElseThrow();
    raw.send("PUT", "/code/a.zip", Zips.of("index.js", "new"));

    aws.lambda.updateFunctionCode(
        r -> r.functionName("hello").s3Bucket("code").s3Key("a.zip").s3ObjectVersion(oldVersion));

    assertThat(latest().codeSize()).isEqualTo(old.length);
    assertThat(download()).isEqualTo(old);
  }

  @Test
  void codeThatIsNoZipIsRefused() {
    refused(
        400,
        "InvalidParameterValueException",
        "Could not unzip uploaded file. Please check your file, then try to upload again.",
        () ->
            aws.lambda.updateFunctionCode(
                r -> r.functionName("hello").zipFile(SdkBytes.fromUtf8String("no zip"))));
  }

  @Test
  void tooMuchCodeIsRefused() {
    byte[] zipped = new byte[52_428_801];
    refused(
        413,
        "RequestEntityTooLargeException",
        "Zipped size must be smaller than 52428800 bytes",
        () ->
            aws.lambda.updateFunctionCode(
                r -> r.functionName("hello").zipFile(SdkBytes.fromByteArrayUnsafe(zipped))));
    byte[] unzipped = Zips.of(Map.of("zeros", new byte[262_144_000]));
    refused(
        400,
        "InvalidParameterValueException",
        "Unzipped size must be smaller than 262144000 bytes",
        () ->
            aws.lambda.updateFunctionCode(
                r -> r.functionName("hello").zipFile(SdkBytes.fromByteArrayUnsafe(unzipped))));
  }

  @Test
  void aRequestOfMoreThanSeventyMegabytesIsRefused() {
    RawClient raw = new RawClient(aws.simulator.endpoint(), TestAws.ACCOUNT, "lambda");
    var reply = raw.send("PUT", "/2015-03-31/functions/hello/code", new byte[70_167_212]);

    assertThat(reply.statusCode()).isEqualTo(413);
    assertThat(new String(reply.body(), StandardCharsets.UTF_8))
        .contains(
            "Request must be smaller than 70167211 bytes for the UpdateFunctionCode operation");
  }

  @Test
  void tooLargeAnEnvironmentIsRefused() {
    String large = "x".repeat(4096);
    refused(
        400,
        "InvalidParameterValueException",
        "Lambda was unable to configure your environment variables because the environment"
            + " variables you have provided exceeded the 4KB limit. String measured: {\"LARGE\":\""
            + large
            + "\"}",
        () ->
            aws.lambda.updateFunctionConfiguration(
                r ->
                    r.functionName("hello").environment(e -> e.variables(Map.of("LARGE", large)))));
  }

  @Test
  void anUnknownRuntimeAndABadRoleAreRefused() {
    refused(
        400,
        "ValidationException",
        "1 validation error detected: Value 'r1' at 'role' failed to satisfy constraint: Member"
            + " must satisfy regular expression pattern:"
            + " arn:(aws[a-zA-Z-]*)?:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+",
        () -> aws.lambda.updateFunctionConfiguration(r -> r.functionName("hello").role("r1")));
    refused(
        400,
        "InvalidParameterValueException",
        "Value PYTHON3.9 at 'runtime' failed to satisfy constraint: Member must satisfy enum value"
            + " set: [nodejs20.x, python3.14, provided.al2023, python3.12, python3.13, nodejs24.x,"
            + " nodejs22.x, java25, python3.10, python3.11, java21, ruby3.3, ruby3.4, ruby3.2,"
            + " python3.8, python3.9, java17, nodejs16.x, dotnet10, dotnet8, java11, dotnet6,"
            + " nodejs18.x, provided.al2, java8.al2] or be a valid ARN",
        () ->
            aws.lambda.updateFunctionConfiguration(
                r -> r.functionName("hello").runtime("PYTHON3.9")));
  }

  @Test
  void aChangeThatFailsIsToldWithItsReason() {
    aws.simulator
        .lambda()
        .failNextChange(TestAws.arn("hello"), "FunctionError", "It did not start.");
    aws.lambda.updateFunctionCode(r -> r.functionName("hello").zipFile(zip("bad")));
    aws.settle();

    FunctionConfiguration failed = latest();
    assertThat(failed.state()).isEqualTo(State.ACTIVE);
    assertThat(failed.lastUpdateStatus()).isEqualTo(LastUpdateStatus.FAILED);
    assertThat(failed.lastUpdateStatusReasonCodeAsString()).isEqualTo("FunctionError");
    assertThat(failed.lastUpdateStatusReason()).isEqualTo("It did not start.");
  }

  private byte[] download() {
    String url = aws.lambda.getFunction(request -> request.functionName("hello")).code().location();
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(
              HttpRequest.newBuilder(URI.create(url)).build(),
              HttpResponse.BodyHandlers.ofByteArray())
          .body();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static SdkBytes zip(String code) {
    return SdkBytes.fromByteArray(Zips.of("index.js", code));
  }

  private FunctionConfiguration latest() {
    return aws.lambda.getFunction(request -> request.functionName("hello")).configuration();
  }
}
