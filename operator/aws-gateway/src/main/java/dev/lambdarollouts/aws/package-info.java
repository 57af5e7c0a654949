/**
 * The AWS SDK behind the engine's ports; the only module that sees the SDK. What leaves it is
 * plain: the ports' own types, and whatever AWS answers is a value.
 *
 * <p>{@link dev.lambdarollouts.aws.AwsGateway} is the door. Behind it, for each account, region and
 * role: {@code LambdaFunctions} (with {@code LatestReading}, {@code ConfigurationMember}, {@code
 * LambdaVersions}, {@code LambdaOwnership}, {@code LambdaEntrances}, {@code LambdaSide}, {@code
 * LambdaCleanUp} and the {@code FunctionMemory} that some of them share), {@code LambdaAliases},
 * {@code AlarmWatcher} (with {@code AlarmLedger} and {@code CloudWatchAlarms}). All their calls go
 * out through {@code AwsCalls}: whose credentials they carry is checked ({@code CallerCheck}), the
 * quota's turn awaited ({@code RateGate}), errors are read ({@code FailureReading}) and secrets
 * taken out ({@code Redaction}). Nothing here decides about traffic or knows Kubernetes. What is
 * remembered of AWS could be asked again; access keys out of Secrets are kept as they were last
 * told ({@code KnownKeys}), and AWS could not say them.
 */
@NullMarked
package dev.lambdarollouts.aws;

import org.jspecify.annotations.NullMarked;
