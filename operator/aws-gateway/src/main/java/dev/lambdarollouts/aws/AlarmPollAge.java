package dev.lambdarollouts.aws;

import dev.lambdarollouts.engine.port.StageTarget;
import java.time.Duration;

/** How old the oldest sample is that somebody watches with these rights; for metrics. */
public record AlarmPollAge(StageTarget target, Duration age) {}
