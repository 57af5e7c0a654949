package dev.lambdarollouts.crds.common;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** Names an object of a kind that the field says, in the namespace of the object that holds it. */
public record ObjectRef(
    @JsonPropertyDescription("Name of the object, in this namespace.")
        @Required
        @Size(min = 1, max = 253)
        @Pattern(Formats.OBJECT_NAME)
        String name) {}
