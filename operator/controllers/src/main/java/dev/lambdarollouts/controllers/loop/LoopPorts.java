package dev.lambdarollouts.controllers.loop;

import dev.lambdarollouts.controllers.cluster.ClusterView;
import dev.lambdarollouts.controllers.cluster.ClusterWriter;
import dev.lambdarollouts.controllers.metrics.RolloutMetrics;
import dev.lambdarollouts.engine.port.AwsPort;
import dev.lambdarollouts.engine.port.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * All that the loop touches of the world outside.
 *
 * @param installation id of this installation, as it stands in tags
 * @param driftCheckInterval between two looks at an alias at rest
 * @param leaderSince when this process became the one that acts
 * @param approvalsIgnored true of a user whose Approve does not count
 */
public record LoopPorts(
    ClusterView cluster,
    ClusterWriter writer,
    AwsPort aws,
    TimeSource time,
    RolloutMetrics metrics,
    String installation,
    Duration driftCheckInterval,
    Supplier<Instant> leaderSince,
    Predicate<String> approvalsIgnored) {}
