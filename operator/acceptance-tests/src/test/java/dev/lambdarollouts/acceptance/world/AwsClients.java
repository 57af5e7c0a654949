package dev.lambdarollouts.acceptance.world;

import java.net.URI;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
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

/** AWS as a person with the SDK sees it, beside the operator. */
public final class AwsClients implements AutoCloseable {
  private final LambdaClient lambda;
  private final CloudWatchClient cloudWatch;

  AwsClients(URI endpoint, String account) {
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
