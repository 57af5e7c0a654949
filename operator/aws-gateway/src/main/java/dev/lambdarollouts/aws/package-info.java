/**
 * The AWS SDK behind the engine's ports; the only module that sees the SDK. What leaves it is
 * plain: the ports' own types, and whatever AWS answers is a value.
 *
 * <p>{@link dev.lambdarollouts.aws.AwsGateway} is the door. Behind it, for each account, region and
 * role: {@code LambdaFunctions} (with {@code LatestReading}, {@code ConfigurationMember} and {@code
 * LambdaVersions}), {@code LambdaAliases}, {@code AlarmWatcher} (with {@code AlarmLedger} and
 * {@code CloudWatchAlarms}). All their calls go out through {@code AwsCalls}: the caller is
 * checked, the quota's turn awaited ({@code RateGate}), errors are read ({@code FailureReading})
 * and secrets taken out ({@code Redaction}). Nothing here decides about traffic, knows Kubernetes,
 * or remembers anything that AWS could not be asked again.
 */
@NullMarked
package dev.lambdarollouts.aws;

import org.jspecify.annotations.NullMarked;
