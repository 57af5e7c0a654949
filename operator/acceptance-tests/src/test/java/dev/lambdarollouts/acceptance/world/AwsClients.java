package dev.lambdarollouts.acceptance.world;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.ComparisonOperator;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.GetAliasResponse;
import software.amazon.awssdk.services.lambda.model.ListVersionsByFunctionResponse;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import software.amazon.awssdk.services.lambda.model.Runtime;

/** AWS as a person with the SDK sees it, beside the operator. */
public final class AwsClients implements AutoCloseable {
  private final URI endpoint;
  private final String account;
  private final LambdaClient lambda;
  private final CloudWatchClient cloudWatch;

  AwsClients(URI endpoint, String account) {
    this.endpoint = endpoint;
    this.account = account;
    var credentials =
        StaticCredentialsProvider.create(AwsBasicCredentials.create(account, "not-asked-for"));
    lambda =
        LambdaClient.builder()
            .endpointOverride(endpoint)
            .region(Region.US_EAST_1)
            .credentialsProvider(credentials)
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build();
    cloudWatch =
        CloudWatchClient.builder()
            .endpointOverride(endpoint)
            .region(Region.US_EAST_1)
            .credentialsProvider(credentials)
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build();
  }

  public LambdaClient lambda() {
    return lambda;
  }

  /**
   * An alarm on errors through the alias that without data stays as it is set: no traffic runs in
   * the stories.
   */
  public void createErrorsAlarm(String functionName) {
    cloudWatch.putMetricAlarm(
        alarm ->
            alarm
                .alarmName(functionName + "-errors")
                .namespace("AWS/Lambda")
                .metricName("Errors")
                .dimensions(
                    Dimension.builder().name("FunctionName").value(functionName).build(),
                    Dimension.builder().name("Resource").value(functionName + ":live").build())
                .statistic(Statistic.SUM)
                .period(60)
                .evaluationPeriods(1)
                .threshold(5.0)
                .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD)
                .treatMissingData("ignore"));
    setAlarm(functionName, StateValue.OK);
  }

  /** Somebody makes a function by hand. */
  public void createFunction(String functionName, String source) {
    lambda.createFunction(
        create ->
            create
                .functionName(functionName)
                .runtime(Runtime.NODEJS22_X)
                .handler("index.handler")
                .role("arn:aws:iam::111122223333:role/hello")
                .code(code -> code.zipFile(SdkBytes.fromByteArray(zip(source)))));
  }

  /** Somebody changes {@code $LATEST}'s code by hand. */
  public void updateCode(String functionName, String source) {
    lambda.updateFunctionCode(
        update -> update.functionName(functionName).zipFile(SdkBytes.fromByteArray(zip(source))));
  }

  /** Somebody changes {@code $LATEST}'s memory by hand. */
  public void updateMemory(String functionName, int megabytes) {
    lambda.updateFunctionConfiguration(
        update -> update.functionName(functionName).memorySize(megabytes));
  }

  /** Somebody publishes {@code $LATEST} by hand. */
  public void publish(String functionName) {
    lambda.publishVersion(publish -> publish.functionName(functionName));
  }

  /** Of a version. */
  public String codeSha256(String functionName, String version) {
    return lambda
        .getFunctionConfiguration(get -> get.functionName(functionName).qualifier(version))
        .codeSha256();
  }

  /** Of a version, in MB. */
  public int memory(String functionName, String version) {
    return lambda
        .getFunctionConfiguration(get -> get.functionName(functionName).qualifier(version))
        .memorySize();
  }

  /** Reserved concurrency; null where there is none. */
  public Integer reserved(String functionName) {
    return lambda
        .getFunctionConcurrency(get -> get.functionName(functionName))
        .reservedConcurrentExecutions();
  }

  /** When AWS gives a version another runtime: {@code Auto}, {@code FunctionUpdate} ... */
  public String updatesRuntimeOn(String functionName, String version) {
    return lambda
        .getRuntimeManagementConfig(get -> get.functionName(functionName).qualifier(version))
        .updateRuntimeOnAsString();
  }

  /** Provisioned concurrency, like {@code 3=5 READY} for five on version 3. */
  public List<String> provisioned(String functionName) {
    return lambda
        .listProvisionedConcurrencyConfigs(list -> list.functionName(functionName))
        .provisionedConcurrencyConfigs()
        .stream()
        .map(
            one ->
                one.functionArn().substring(one.functionArn().lastIndexOf(':') + 1)
                    + "="
                    + one.requestedProvisionedConcurrentExecutions()
                    + " "
                    + one.statusAsString())
        .toList();
  }

  /** Somebody gives the alias provisioned concurrency. */
  public void provisionAlias(String functionName, int executions) {
    lambda.putProvisionedConcurrencyConfig(
        request ->
            request
                .functionName(functionName)
                .qualifier("live")
                .provisionedConcurrentExecutions(executions));
  }

  /** Somebody writes a tag of a function. */
  public void tag(String functionName, String key, String value) {
    String arn =
        lambda.getFunction(get -> get.functionName(functionName)).configuration().functionArn();
    lambda.tagResource(request -> request.resource(arn).tags(Map.of(key, value)));
  }

  /** CI puts a package of one file into a bucket, which is made where there is none. */
  public void upload(String bucket, String key, String source) {
    put("/" + bucket, new byte[0]);
    put("/" + bucket + "/" + key, zip(source));
  }

  private static byte[] zip(String source) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("index.mjs"));
      zip.write(source.getBytes(StandardCharsets.UTF_8));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  /** The simulator asks for a credential scope and for no signature. */
  private void put(String path, byte[] body) {
    HttpRequest request =
        HttpRequest.newBuilder(endpoint.resolve(path))
            .header(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential="
                    + account
                    + "/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=none")
            .PUT(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      int status = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      // 409: a bucket that is there.
      assertThat(status).as("PUT %s", path).isIn(200, 409);
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }

  /** Somebody tidies up too much. */
  public void deleteErrorsAlarm(String functionName) {
    cloudWatch.deleteAlarms(request -> request.alarmNames(functionName + "-errors"));
  }

  /** Somebody moves the alias by hand. */
  public void pointAlias(String functionName, String version, String other, double weight) {
    lambda.updateAlias(
        request ->
            request
                .functionName(functionName)
                .name("live")
                .functionVersion(version)
                .routingConfig(route -> route.additionalVersionWeights(Map.of(other, weight))));
  }

  /** Somebody puts all of the alias on a version by hand. */
  public void pointAlias(String functionName, String version) {
    lambda.updateAlias(
        request ->
            request
                .functionName(functionName)
                .name("live")
                .functionVersion(version)
                .routingConfig(route -> route.additionalVersionWeights(Map.of())));
  }

  /** Somebody makes an alias of their own. */
  public void createAlias(String functionName, String alias, String version) {
    lambda.createAlias(
        request -> request.functionName(functionName).name(alias).functionVersion(version));
  }

  /** SetAlarmState; without data AWS leaves it so. */
  public void setAlarm(String functionName, StateValue state) {
    cloudWatch.setAlarmState(
        change -> change.alarmName(functionName + "-errors").stateValue(state).stateReason("test"));
  }

  /** {@code 1}, or {@code 1+2=0.1}; empty when there is no alias. */
  public String alias(String functionName) {
    try {
      GetAliasResponse alias =
          lambda.getAlias(request -> request.functionName(functionName).name("live"));
      StringBuilder text = new StringBuilder(alias.functionVersion());
      if (alias.routingConfig() != null) {
        for (Map.Entry<String, Double> route :
            alias.routingConfig().additionalVersionWeights().entrySet()) {
          text.append('+').append(route.getKey()).append('=').append(route.getValue());
        }
      }
      return text.toString();
    } catch (ResourceNotFoundException none) {
      return "";
    }
  }

  /** Published versions, without {@code $LATEST}. */
  public long versions(String functionName) {
    ListVersionsByFunctionResponse versions =
        lambda.listVersionsByFunction(request -> request.functionName(functionName));
    return versions.versions().stream().filter(one -> !one.version().equals("$LATEST")).count();
  }

  @Override
  public void close() {
    lambda.close();
    cloudWatch.close();
  }
}
