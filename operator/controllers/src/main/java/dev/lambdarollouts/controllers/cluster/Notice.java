package dev.lambdarollouts.controllers.cluster;

import dev.lambdarollouts.crds.rollout.LambdaRollout;
import java.time.Instant;

/**
 * Something that happened to a rollout, to become an Event.
 *
 * @param about the rollout
 * @param warning a person should look at it
 * @param reason one CamelCase word
 * @param message for people
 * @param identity the same for the same happening, however often it is told
 * @param at when it happened
 */
public record Notice(
    LambdaRollout about,
    boolean warning,
    String reason,
    String message,
    String identity,
    Instant at) {}
