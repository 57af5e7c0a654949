package dev.lambdarollouts.crds.function;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lambdarollouts.crds.common.Formats;
import dev.lambdarollouts.crds.common.ObjectRef;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** Where a function's code comes from: exactly one source. */
@ValidationRule(
    value =
        "[has(self.s3), has(self.image), has(self.configMap), has(self.published)].filter(x,"
            + " x).size() == 1",
    message = "give exactly one of s3, image, configMap and published")
@ValidationRule(
    value = "!(has(self.sha256) && has(self.published))",
    message = "sha256 goes with s3, image or configMap: remove it, what is published has its own")
public record FunctionCode(
    @JsonPropertyDescription("A zip package in S3.") @Nullable S3 s3,
    @JsonPropertyDescription("A container image.") @Nullable Image image,
    @JsonPropertyDescription(
            "A ConfigMap whose keys are the files; the operator zips them, byte for byte the same"
                + " each time.")
        @Nullable ObjectRef configMap,
    @JsonPropertyDescription(
            "A version that CI, SAM or Terraform publishes: the operator only shifts traffic, so no"
                + " field that configures the function may stand beside it.")
        @Nullable Published published,
    @JsonPropertyDescription(
            "SHA-256 of the package in base64, 44 characters. What AWS deployed must have this"
                + " CodeSha256, else the stage is Failed before traffic moves.")
        @Size(min = 44, max = 44)
        @Pattern("^[A-Za-z0-9+/]{43}=$")
        @Nullable String sha256) {

  /** A zip package in S3. */
  public record S3(
      @JsonPropertyDescription("Bucket, in the function's region; placeholders allowed.")
          @Required
          @Size(min = 3, max = 255)
          @Pattern("^[a-z0-9.{}A-Z_-]+$")
          String bucket,
      @JsonPropertyDescription("Key of the object; placeholders allowed.")
          @Required
          @Size(min = 1, max = 1024)
          String key,
      @JsonPropertyDescription(
              "Version of the object. Without it or sha256 a new object under the same key is not"
                  + " seen.")
          @Size(min = 1, max = 1024)
          @Nullable String objectVersion) {}

  /** A container image. */
  public record Image(
      @JsonPropertyDescription(
              "URI in ECR, best with a digest (@sha256:...): a tag that moves is not seen."
                  + " Placeholders allowed.")
          @Required
          @Size(min = 1, max = 512)
          @Pattern("^[^\\s]+$")
          String uri) {}

  /** A version that somebody else publishes. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Published(
      @JsonPropertyDescription(
              "The version, like \"12\"; absent: the newest, looked up at each drift check.")
          @Size(max = Formats.VERSION_LENGTH)
          @Pattern(Formats.VERSION_NUMBER)
          @Nullable String version) {}
}
