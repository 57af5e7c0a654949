package dev.lambdarollouts.engine.decide;

import dev.lambdarollouts.engine.progress.Progress;

/** One change of a stage, to be told once it is recorded. */
public record Transition(Progress from, Progress to, String why) {}
