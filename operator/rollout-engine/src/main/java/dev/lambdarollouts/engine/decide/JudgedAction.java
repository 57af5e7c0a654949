package dev.lambdarollouts.engine.decide;

/**
 * What became of a RolloutAction.
 *
 * @param applied its effect and its uid are in the verdict's progress; otherwise it was refused
 */
public record JudgedAction(String uid, boolean applied, String message) {}
