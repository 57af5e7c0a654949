package dev.lambdarollouts.simulator.s3;

import dev.lambdarollouts.simulator.protocol.AwsError;
import org.jspecify.annotations.Nullable;

/** S3's errors. */
final class S3Errors {
  private static final String PERMANENT_REDIRECT = "PermanentRedirect";
  private static final String ENDPOINT = "Endpoint";

  private S3Errors() {}

  static AwsError noSuchBucket(String bucket) {
    return new AwsError("NoSuchBucket", 404, "The specified bucket does not exist")
        .with("BucketName", bucket);
  }

  static AwsError noSuchKey(String key) {
    return new AwsError("NoSuchKey", 404, "The specified key does not exist.").with("Key", key);
  }

  static AwsError noSuchVersion(String key, String version) {
    return new AwsError("NoSuchVersion", 404, "The specified version does not exist.")
        .with("Key", key)
        .with("VersionId", version);
  }

  static AwsError noSuchUpload(String uploadId) {
    return new AwsError(
            "NoSuchUpload",
            404,
            "The specified upload does not exist. The upload ID may be invalid, or the upload may"
                + " have been aborted or completed.")
        .with("UploadId", uploadId);
  }

  static AwsError accessDenied() {
    return new AwsError("AccessDenied", 403, "Access Denied");
  }

  /** For a bucket that is behind the endpoint of another region. */
  static AwsError permanentRedirect(String bucket, String region) {
    return new AwsError(
            PERMANENT_REDIRECT,
            301,
            "The bucket you are attempting to access must be addressed using the specified"
                + " endpoint. Please send all future requests to this endpoint.")
        .with(ENDPOINT, bucket + ".s3." + region + ".amazonaws.com")
        .with("Bucket", bucket);
  }

  /** The region that a PermanentRedirect leads to; null for every other error. */
  static @Nullable String redirectedTo(AwsError error) {
    String endpoint = error.details().getOrDefault(ENDPOINT, "");
    return error.code().equals(PERMANENT_REDIRECT)
        ? endpoint.replaceFirst(".*\\.s3\\.", "").replace(".amazonaws.com", "")
        : null;
  }

  static AwsError isDeleteMarker() {
    return new AwsError(
        "MethodNotAllowed", 405, "The specified method is not allowed against this resource.");
  }

  static AwsError preconditionFailed(String condition) {
    return new AwsError(
            "PreconditionFailed",
            412,
            "At least one of the pre-conditions you specified did not hold")
        .with("Condition", condition);
  }

  static AwsError malformedXml() {
    return new AwsError(
        "MalformedXML",
        400,
        "The XML you provided was not well-formed or did not validate against our published"
            + " schema");
  }

  static AwsError invalidArgument(String message, String name, String value) {
    return new AwsError("InvalidArgument", 400, message)
        .with("ArgumentName", name)
        .with("ArgumentValue", value);
  }
}
