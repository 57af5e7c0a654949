package dev.lambdarollouts.controllers.loop;

/**
 * An action that was refused, of which the cache does not say so yet.
 *
 * @param told whether its status says so by now
 */
record RefusedAction(String why, boolean told) {}
