package dev.lambdarollouts.crds.function;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.lambdarollouts.crds.common.ObjectRef;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** One object whose keys become environment variables. */
@ValidationRule(
    value = "[has(self.secretRef), has(self.configMapRef)].filter(x, x).size() == 1",
    message = "give exactly one of secretRef and configMapRef")
public record EnvironmentSource(
    @JsonPropertyDescription(
            "A Secret; read only where the installation allows it for this namespace.")
        @Nullable ObjectRef secretRef,
    @JsonPropertyDescription("A ConfigMap.") @Nullable ObjectRef configMapRef) {}
