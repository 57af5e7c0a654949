package dev.lambdarollouts.simulator.lambda.function;

import dev.lambdarollouts.simulator.protocol.AwsError;
import dev.lambdarollouts.simulator.protocol.Input;
import dev.lambdarollouts.simulator.service.Location;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Where a function's code comes from: the request, S3, or an image. */
public final class CodeSource {
  private static final long MAX_UNZIPPED_BYTES = 262_144_000;
  private static final int MAX_ZIPPED_BYTES = 52_428_800;

  private static final Pattern IMAGE =
      Pattern.compile(
          "\\d{12}\\.dkr\\.ecr(-fips)?\\.(?<region>[a-z0-9-]+)\\.amazonaws\\.com(\\.cn)?"
              + "/[a-z0-9]+([._/-]+[a-z0-9]+)*(:[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}|@sha256:[0-9a-f]{64})");

  private final ObjectReader s3;

  public CodeSource(ObjectReader s3) {
    this.s3 = s3;
  }

  /**
   * The code that a request gives, checked.
   *
   * @param source holds ZipFile, S3Bucket and S3Key, or ImageUri
   */
  public Code resolve(Input source, Location caller) {
    String image = source.text("ImageUri");
    if (image != null) {
      return Code.ofImage(checked(image, caller));
    }
    byte[] zip = source.bytes("ZipFile");
    if (zip != null) {
      if (source.has("S3Bucket") || source.has("S3Key") || source.has("S3ObjectVersion")) {
        throw LambdaErrors.invalid(
            "Please do not provide other FunctionCode parameters when providing a ZipFile.");
      }
      if (zip.length > MAX_ZIPPED_BYTES) {
        throw LambdaErrors.tooLarge("Zipped size must be smaller than 52428800 bytes");
      }
      return checked(zip);
    }
    String bucket = source.text("S3Bucket");
    String key = source.text("S3Key");
    if (bucket == null || key == null) {
      throw LambdaErrors.invalid("Please provide a source for function code.");
    }
    try {
      return checked(s3.read(caller, bucket, key, source.text("S3ObjectVersion")));
    } catch (AwsError e) {
      if (e.code().endsWith("Exception")) {
        throw e;
      }
      throw LambdaErrors.invalid(
          "Error occurred while GetObject. S3 Error Code: "
              + e.code()
              + ". S3 Error Message: "
              + e.text());
    }
  }

  /** Images come from a private repository of the function's region, by tag or by digest. */
  private static String checked(String image, Location here) {
    Matcher parts = IMAGE.matcher(image);
    if (!parts.matches() || !parts.group("region").equals(here.region())) {
      throw LambdaErrors.invalid(
          "Source image " + image + " is not valid. Provide a valid source image.");
    }
    return image;
  }

  private static Code checked(byte[] zip) {
    long unzipped = 0;
    int entries = 0;
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        entries++;
        unzipped += lengthOf(in, MAX_UNZIPPED_BYTES - unzipped);
        if (unzipped >= MAX_UNZIPPED_BYTES) {
          throw LambdaErrors.invalid("Unzipped size must be smaller than 262144000 bytes");
        }
      }
    } catch (IOException e) {
      throw notAZip();
    }
    if (entries == 0) {
      throw zip.length == 22
          ? LambdaErrors.invalid("Uploaded file must be a non-empty zip")
          : notAZip();
    }
    return Code.ofZip(zip);
  }

  private static long lengthOf(InputStream in, long limit) throws IOException {
    byte[] buffer = new byte[64 * 1024];
    long length = 0;
    for (int read = in.read(buffer); read >= 0 && length < limit; read = in.read(buffer)) {
      length += read;
    }
    return length;
  }

  private static AwsError notAZip() {
    return LambdaErrors.invalid(
        "Could not unzip uploaded file. Please check your file, then try to upload again.");
  }
}
