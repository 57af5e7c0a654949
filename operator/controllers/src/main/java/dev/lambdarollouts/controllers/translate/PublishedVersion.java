package dev.lambdarollouts.controllers.translate;

import dev.lambdarollouts.engine.fact.VersionNumber;
import org.jspecify.annotations.Nullable;

/**
 * {@code code.published}: somebody else publishes, this operator only shifts.
 *
 * @param version absent: the newest there is
 * @param field where it is written, for messages
 */
public record PublishedVersion(@Nullable VersionNumber version, String field) {}
