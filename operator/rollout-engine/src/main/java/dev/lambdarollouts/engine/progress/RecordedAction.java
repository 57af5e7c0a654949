package dev.lambdarollouts.engine.progress;

import dev.lambdarollouts.engine.fact.OpenAction;
import java.time.Instant;

/** An action whose effect is part of this progress: it is never applied again. */
public record RecordedAction(String uid, OpenAction.Verb verb, String by, Instant at) {}
