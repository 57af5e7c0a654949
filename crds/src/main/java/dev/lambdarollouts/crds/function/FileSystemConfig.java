package dev.lambdarollouts.crds.function;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lambdarollouts.crds.common.Formats;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A file system that a function sees. */
public record FileSystemConfig(
    @JsonPropertyDescription("ARN of the EFS access point; placeholders allowed.")
        @Required
        @Size(max = Formats.ARN_LENGTH)
        @Pattern(Formats.ARN)
        String arn,
    @JsonPropertyDescription("Where it is mounted; starts with /mnt/.")
        @Required
        @Size(max = 160)
        @Pattern("^/mnt/[a-zA-Z0-9-_.]+$")
        String localMountPath) {}
