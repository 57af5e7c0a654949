package dev.lambdarollouts.crds.function;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Values that override those of a container image. */
public record ImageConfig(
    @JsonPropertyDescription("Replaces the image's ENTRYPOINT.") @Size(max = 1500)
        @Nullable List<@Size(max = 1024) String> entryPoint,
    @JsonPropertyDescription("Replaces the image's CMD.") @Size(max = 1500)
        @Nullable List<@Size(max = 1024) String> command,
    @JsonPropertyDescription("Replaces the image's WORKDIR.") @Size(max = 1000)
        @Nullable String workingDirectory) {}
