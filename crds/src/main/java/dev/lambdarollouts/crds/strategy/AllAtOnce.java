package dev.lambdarollouts.crds.strategy;

import com.fasterxml.jackson.annotation.JsonInclude;

/** All traffic in one call; there is nothing to set. */
@JsonInclude(JsonInclude.Include.NON_NULL) // without an annotation Jackson takes it for no bean
public record AllAtOnce() {}
