package dev.lambdarollouts.crds.function;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Subnets and security groups of a function. */
public record VpcConfig(
    @JsonPropertyDescription("Subnets, at most 16.") @Required @Size(min = 1, max = 16)
        List<@Size(min = 1, max = 1024) String> subnetIds,
    @JsonPropertyDescription("Security groups, at most 5.") @Required @Size(min = 1, max = 5)
        List<@Size(min = 1, max = 1024) String> securityGroupIds,
    @JsonPropertyDescription("Allow outbound IPv6 in dual-stack subnets.")
        @Nullable Boolean ipv6AllowedForDualStack) {}
