package dev.lambdarollouts.engine.fact;

import dev.lambdarollouts.engine.progress.Stable;
import org.jspecify.annotations.Nullable;

/**
 * Somebody else configures and publishes the function; only its traffic is ours to move.
 *
 * @param found what an alias that no rollout has stands on, as a release; absent where there is no
 *     such alias, it stands on more than one version, or that was not read
 */
public record PublishedElsewhere(@Nullable Stable found) {}
