package dev.lambdarollouts.simulator.lambda.function;

import dev.lambdarollouts.simulator.protocol.AwsError;
import dev.lambdarollouts.simulator.service.Location;
import org.jspecify.annotations.Nullable;

/** Reads objects of S3 on behalf of a caller, with S3's errors. */
@FunctionalInterface
public interface ObjectReader {
  /**
   * The object's bytes.
   *
   * @throws AwsError as S3 would answer: NoSuchBucket, NoSuchKey, NoSuchVersion, AccessDenied
   */
  byte[] read(Location caller, String bucket, String key, @Nullable String version);
}
