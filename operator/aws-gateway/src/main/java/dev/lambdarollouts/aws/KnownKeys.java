package dev.lambdarollouts.aws;

import dev.lambdarollouts.engine.port.AccessKeys;
import dev.lambdarollouts.engine.port.StageTarget.AccessKeySecret;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * Access keys out of Secrets, as last told. The SDK asks at each call, so a new one is used next.
 */
final class KnownKeys {
  private final Map<AccessKeySecret, AccessKeys> known = new ConcurrentHashMap<>();

  void learn(AccessKeySecret secret, AccessKeys keys) {
    known.put(secret, keys);
  }

  void forget(AccessKeySecret secret) {
    known.remove(secret);
  }

  /** What tells one set of keys from another; absent where there is none. */
  @Nullable String id(@Nullable AccessKeySecret secret) {
    AccessKeys keys = secret == null ? null : known.get(secret);
    return keys == null ? null : keys.accessKeyId();
  }

  /** What no text may repeat; the id too, for people mix the two up. */
  List<String> secrets(@Nullable AccessKeySecret secret) {
    AccessKeys keys = secret == null ? null : known.get(secret);
    return keys == null
        ? List.of()
        : Stream.of(keys.accessKeyId(), keys.secretAccessKey(), keys.sessionToken())
            .filter(Objects::nonNull)
            .toList();
  }

  AwsCredentialsProvider of(AccessKeySecret secret) {
    return () -> credentials(secret);
  }

  private AwsCredentials credentials(AccessKeySecret secret) {
    AccessKeys keys = known.get(secret);
    if (keys == null) {
      throw SdkClientException.create(
          "Unable to load credentials: "
              + secret
              + " is not there, may not be read, or lacks a key; see the LambdaStage's"
              + " spec.credentials.secretRef");
    }
    return keys.sessionToken() == null
        ? AwsBasicCredentials.create(keys.accessKeyId(), keys.secretAccessKey())
        : AwsSessionCredentials.create(
            keys.accessKeyId(), keys.secretAccessKey(), keys.sessionToken());
  }
}
